import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { isLiveInGerman } from './support/german-walk.ts';
import { addPerson, call, signIn } from './support/people.ts';
import { choose } from './support/preferences.ts';

const box = async (one: Locator) => (await one.boundingBox())!;
const right = async (one: Locator): Promise<number> => ((box) => Math.round(box.x + box.width))(await box(one));

/** Controls smaller than a 44 px touch target, found by hit testing around their centres. */
function tooSmall(): string[] {
  const REACH = 21;
  // Material's remove button on a chip is 41 px wide.
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button:not(.mat-mdc-chip-remove), label.tick, [role=switch], [role=combobox], input[type=search], summary',
  );
  return [...controls].flatMap((control) => {
    const { left, top, bottom, width, height } = control.getBoundingClientRect();
    if (width === 0 || top < REACH || bottom > innerHeight - REACH) return [];
    const [x, y] = [left + width / 2, top + height / 2];
    const isHit = (dx: number, dy: number): boolean => {
      const hit = document.elementFromPoint(x + dx, y + dy);
      return (
        hit !== null &&
        (control.contains(hit) ||
          // The page scrolls beneath the navigation.
          (hit.closest('nav') !== null && control.closest('nav') === null && dx + dy !== 0) ||
          (hit.contains(control) && hit.closest('.mat-mdc-text-field-wrapper, label') !== null))
      );
    };
    // A covered control is reachable once the covering element is gone.
    if (!isHit(0, 0)) return [];
    const isLarge = [isHit(-REACH, 0), isHit(REACH, 0), isHit(0, -REACH), isHit(0, REACH)].every(Boolean);
    return isLarge ? [] : [`${control.tagName} ${control.ariaLabel ?? control.textContent.trim()}`];
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  const expectForFingers = async (page: Page): Promise<void> => expect.poll(() => page.evaluate(tooSmall)).toEqual([]);

  test('every touch target is at least 44 px', async ({ page, herald, sender, server }) => {
    await addPerson(server, 'ada', ['ops']);
    const admin = await signIn(server);
    await call(server, 'POST', 'apps', admin, { name: 'backup', audience: ['everyone'] });
    await call(server, 'PUT', 'apps/1/templates/nightly', admin, { title: 't', message: 'm', example: {} });
    await sender.send({
      title: 'Confirm me',
      requiresAck: true,
      url: 'https://example.com/',
      actions: [{ label: 'Yes', event: 'yes' }],
    });
    await sender.send({ title: 'Two', priority: 'medium' });
    await herald.open('/?unread=true&category=test');
    await expect(herald.row('Two')).toBeVisible();
    await expectForFingers(page);
    await herald.row('Two').getByRole('checkbox').click();
    await expect(page.locator('app-bulk-bar')).toContainText('1 selected');
    await expectForFingers(page);
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await herald.row('Confirm me').getByRole('link').click();
    await expect(herald.detail.getByRole('button', { name: 'Yes' })).toBeVisible();
    await expectForFingers(page);
    for (const [path, sign] of [
      ['/compose', 'More options'],
      ['/sent', 'Receipts'],
      ['/people', 'Add a person'],
      ['/apps', 'backup'],
      ['/apps/1/templates', 'nightly'],
      ['/apps/1/new-template', 'Example payload'],
      ['/settings', 'Quiet hours'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByText(sign).first()).toBeVisible();
      await expectForFingers(page);
    }
  });

  test('the heading and its actions share one line, and a message extends to the right edge of the time', async ({
    page,
    herald,
    sender,
  }) => {
    await sender.sendAtOnce(120, { message: 'Word '.repeat(40), priority: 'medium' });
    await herald.open();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Inbox\s*120 unread/);
    const row = herald.rows.first();
    await expect(row.locator('time')).toBeVisible();
    const heading = await box(page.getByRole('heading', { level: 1 }));
    const button = await box(page.getByRole('button', { name: 'Mark all as read' }));
    expect(Math.abs(button.y + button.height / 2 - heading.y - heading.height / 2)).toBeLessThan(6);
    expect(await right(row.locator('.message'))).toBe(await right(row.locator('time')));
  });

  test('the letters of every field are large enough that iOS does not zoom in', async ({ page, herald, server }) => {
    await herald.open();
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Category' })).toBeVisible();
    const sizes = await page
      .locator('app-filter-bar input')
      .evaluateAll((fields) => fields.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)));
    expect(sizes).toHaveLength(6);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
    await herald.open('/apps/1/new-template');
    const texts = page.locator('app-template-page').getByRole('textbox');
    await expect(texts).toHaveCount(8);
    for (const text of await texts.all()) await expect(text).toHaveCSS('font-size', '16px');
  });

  test('a toast appears above the navigation', async ({ page, herald, sender }) => {
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 740 });
      await herald.open();
      await sender.send({ title: `At ${width}` });
      await expect(herald.toast(`At ${width}`)).toBeVisible();
      const navigation = await box(page.getByRole('navigation'));
      const bottom = async (): Promise<number> => ((toast) => toast.y + toast.height)(await box(herald.toasts.last()));
      await expect.poll(bottom).toBeLessThanOrEqual(navigation.y);
    }
  });
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE', hasTouch: true });

  test('the inbox actions stay beside the heading at 360 px, and the selection count is not cut off', async ({
    page,
    herald,
    sender,
  }) => {
    await sender.sendAtOnce(120, { priority: 'medium' });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/');
    await isLiveInGerman(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('120 ungelesen');
    const [heading, button] = [
      await box(page.getByRole('heading', { level: 1 })),
      await box(page.getByRole('button', { name: 'Alle als gelesen markieren' })),
    ];
    expect(button.x).toBeGreaterThanOrEqual(heading.x + heading.width);
    await herald.rows.first().getByRole('checkbox').click();
    const said = page.locator('app-bulk-bar .count');
    await expect(said).toContainText('1 ausgewählt');
    expect(await said.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });

  test('the labels of the navigation fit side by side at 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/');
    await isLiveInGerman(page);
    const links = page.getByRole('navigation').getByRole('link');
    await expect(links.filter({ visible: true })).toHaveCount(6);
    expect(await links.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)).toBe(0);
  });

  test('a badge of any length leaves the icon beside it free, at 360 px', async ({ page, sender }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    let sent = 0;
    for (const [count, shown] of [
      [12, '12'],
      [99, '99'],
      [1000, '999+'],
    ] as const) {
      await sender.sendAtOnce(count - sent, { priority: 'low' });
      sent = count;
      await page.goto('/');
      await isLiveInGerman(page);
      const badge = page.getByRole('navigation').locator('.badge');
      await expect(badge).toContainText(shown);
      const [number, next] = [
        await box(badge),
        await box(page.getByRole('navigation').getByRole('link', { name: 'Später' }).locator('app-icon')),
      ];
      expect(next.x - number.x - number.width, shown).toBeGreaterThanOrEqual(2);
    }
  });

  test('a four-digit count stays beside the heading wherever the list has a detail pane', async ({ page, sender }) => {
    await sender.sendAtOnce(1000, { priority: 'low' });
    await sender.sendAtOnce(515, { priority: 'medium' });
    for (const width of [768, 1100, 1207, 1280, 1440]) {
      await page.setViewportSize({ width, height: 740 });
      await page.goto('/');
      await isLiveInGerman(page);
      const count = page.getByRole('heading', { level: 1 }).locator('.count');
      await expect(count).toHaveText('1.515 ungelesen');
      const [name, number] = [
        await box(page.getByRole('heading', { level: 1 }).locator('span').first()),
        await box(count),
      ];
      expect(number.y, `at ${width} px`).toBeLessThan(name.y + name.height);
      expect(number.height, `at ${width} px`).toBeLessThan(30);
    }
  });

  test('no label or value is cut off in the settings, the compose form and a template, even at 360 px', async ({
    page,
    server,
  }) => {
    await choose(server, {
      sound: true,
      categories: { builds: 'inbox', marketing: 'muted' },
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
    });
    const admin = await signIn(server);
    await call(server, 'PUT', 'auth/me/topics/builds', admin);
    await call(server, 'POST', 'apps', admin, { name: 'backup', audience: ['everyone'] });
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 740 });
      for (const [path, sign] of [
        ['/settings', 'Verlassen'],
        ['/compose', 'Weitere Optionen'],
        ['/apps/1/new-template', 'Beispiel der Daten'],
      ] as const) {
        await page.goto(path);
        await page.getByText(sign).first().click({ trial: true });
        if (path === '/compose') await page.getByText(sign).click();
        const words = page.locator('.mat-mdc-select-value-text, mat-label, mat-hint, mat-checkbox label, main button');
        await expect(words.first()).toBeVisible();
        const cut = await words.evaluateAll((all) =>
          all.flatMap((one) => {
            const within = one.closest('.mat-mdc-select-value, .mdc-floating-label') ?? one;
            return one.textContent.trim() !== '' && within.scrollWidth > within.clientWidth + 1
              ? [one.textContent.trim()]
              : [];
          }),
        );
        expect(cut, `${path} at ${width} px`).toEqual([]);
      }
      await page.goto('/settings');
      const [leave, field] = [
        page.getByRole('button', { name: 'Verlassen: builds' }).locator('.mdc-button__label'),
        page.locator('app-category-rules table'),
      ];
      await expect(leave).toBeVisible();
      expect(Math.abs((await right(leave)) - (await right(field)))).toBeLessThanOrEqual(1);
    }
  });

  test('the unread badge is not cut off', async ({ page, sender }) => {
    await sender.sendAtOnce(1000, { priority: 'low' });
    await sender.send({ title: 'One more' });
    await page.goto('/');
    await isLiveInGerman(page);
    const badge = page.getByRole('navigation').locator('.badge');
    await expect(badge).toContainText('999+');
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const isWhole = (): Promise<boolean> =>
        badge.evaluate((element) => {
          const { left, right, top, height } = element.getBoundingClientRect();
          return [left + 3, right - 3].every((x) => document.elementsFromPoint(x, top + height / 2).includes(element));
        });
      await expect.poll(isWhole, `at ${width} px`).toBe(true);
    }
  });
});

test('Arabic reads right to left in a row, a toast and the open notification, and is cut off at its end', async ({
  page,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'تم تحديث الخادم بنجاح', message: 'اكتمل التحديث في ثلاث دقائق. '.repeat(12) });
  const row = herald.row('تم تحديث');
  for (const text of [
    row.locator('h3'),
    row.locator('.message'),
    herald.toasts.locator('.title'),
    herald.toasts.locator('.message'),
  ]) {
    await expect(text).toHaveCSS('direction', 'rtl');
  }
  await expect(row.locator('.facts')).toHaveCSS('direction', 'ltr');
  await row.getByRole('link').click();
  for (const text of [
    herald.detail.locator('h2'),
    herald.detail.locator('.message > .message, app-notification-body p'),
  ])
    await expect(text.first()).toHaveCSS('direction', 'rtl');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
});
