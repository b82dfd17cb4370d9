import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { plainTaskOn, tasksDuring } from './support/main-thread.ts';

const body = ({ detail }: HeraldPage): Locator => detail.locator('app-notification-body');

const HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
/** Fits the maximum length of a button label. */
const SHORT = '<img src=x onerror="window.hit=1">';

/** Expects that no injected script ran and no injected element exists. */
async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
  await expect(page.locator('img[src="x"], [onerror]')).toHaveCount(0);
}

test("HTML and script in a notification appear as text in row, toast, detail and the sender's view", async ({
  page,
  browser,
  herald,
  sender,
  server,
}) => {
  await herald.open();
  const title = `${HOSTILE} title`;
  await sender.send({
    title,
    message: HOSTILE,
    markdown: true,
    key: HOSTILE,
    actions: [{ label: SHORT, event: 'approve' }],
    url: `https://example.com/?q=${encodeURIComponent(HOSTILE)}`,
  });
  await expect(herald.toast(title)).toContainText(HOSTILE);
  await expect(herald.row(title)).toContainText(HOSTILE);
  await herald.row(title).getByRole('link').click();
  await expect(herald.detail.getByRole('heading', { name: title })).toBeVisible();
  await expect(herald.detail.locator('app-notification-body')).toContainText(HOSTILE);
  await herald.detail.getByRole('button', { name: SHORT }).click();
  await expect(herald.detail).toContainText(`You chose ${SHORT}`);
  await expectHarmless(page);

  const other = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  await other.open('/sent');
  await expect(other.page.getByRole('heading', { name: title })).toBeVisible();
  await other.page.getByRole('button', { name: 'Receipts: ' }).click();
  await expect(other.page.getByRole('list', { name: 'Read' })).toContainText(`chose ${SHORT}`);
  await other.choose('Take back', '');
  await expect(other.page.locator('mat-snack-bar-container')).toContainText(`Taking back “${title.slice(0, 40)}`);
  await expectHarmless(other.page);
  await other.page.close();
});

test('HTML and script in any field of the compose form are refused at the field or shown as text', async ({
  page,
  herald,
}) => {
  await herald.openCompose();
  await page.locator('summary').click();
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  for (const field of ['Title', 'Message', 'Category', 'Link', 'Tags', 'Label 1', 'Address or event 1', 'Key']) {
    await page.getByLabel(field, { exact: true }).fill(HOSTILE);
  }
  await page.getByRole('combobox', { name: 'To' }).fill(SHORT);
  await page.getByLabel('Formatted as Markdown').check();
  await expect(page.getByRole('region', { name: 'Preview' }).locator('app-notification-body')).toContainText(HOSTILE);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  for (const field of ['To', 'Category', 'Link', 'Tags', 'Label 1', 'Address or event 1']) {
    const control =
      field === 'To'
        ? page.getByRole('combobox', { name: 'To' })
        : page.getByRole('textbox', { name: field, exact: true });
    await expect(control, field).toHaveAttribute('aria-invalid', 'true');
    await expect(control, field).toHaveAccessibleDescription(/\S/);
  }
  for (const field of ['Title', 'Message', 'Key'])
    await expect(page.getByRole('textbox', { name: field, exact: true }), field).toHaveAttribute(
      'aria-invalid',
      'false',
    );
  await expectHarmless(page);
});

test('HTML and script in other forms are refused with a reason or shown as text', async ({ page, herald }) => {
  await herald.open();
  await page.getByRole('searchbox').fill(HOSTILE);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of this filter').fill(SHORT);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('button', { name: SHORT, exact: true })).toBeVisible();
  await expectHarmless(page);

  await herald.open(
    `/?category=${encodeURIComponent(HOSTILE)}&topic=${encodeURIComponent(HOSTILE)}&after=${encodeURIComponent(HOSTILE)}&priority=${encodeURIComponent(HOSTILE)}`,
  );
  await expect(page.getByRole('button', { name: `Remove filter: Category: ${HOSTILE}` })).toBeVisible();
  await expectHarmless(page);

  await herald.open('/settings');
  await page.getByRole('combobox', { name: 'Another topic' }).fill(SHORT);
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect(page.locator('app-topics .problem')).toContainText('A topic has letters');
  await page.getByLabel('Another category').fill(SHORT);
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('radio', { name: `${SHORT}: Muted` }).click();
  await expect(page.locator('app-category-rules .problem')).toContainText('is not a category');
  await expectHarmless(page);

  await herald.open('/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  // The form takes input once it has the focus.
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await dialog.getByLabel('Username').fill(HOSTILE);
  await dialog.getByLabel('Password').fill(HOSTILE);
  await dialog.getByRole('combobox', { name: 'Roles' }).fill(SHORT);
  await dialog.getByRole('combobox', { name: 'Topics' }).fill(SHORT);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.locator('mat-error')).toHaveCount(3);
  await expectHarmless(page);
});

/** One task of the page may take this many times as long as a plain one for a text far over the limit. */
const TIMES_A_PLAIN_TASK = 3;

test('a pasted 10 MB Markdown message is refused at its field, and the page stays responsive', async ({
  page,
  herald,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await herald.openCompose();
  await page.locator('summary').click();
  await page.getByLabel('Formatted as Markdown').check();
  await page.getByLabel('Title').fill('Much');
  await page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    '**bold** [link](https://example.com/)\n'.repeat((10 * 1024 * 1024) / 38),
  );
  await page.getByLabel('Message').focus();
  const tasks = await tasksDuring(page, async () => {
    await page.keyboard.press('Control+V');
    await expect(page.getByRole('region', { name: 'Preview' }).locator('strong').first()).toHaveText('bold');
  });
  const [longest, plain] = [Math.max(...tasks), await plainTaskOn(page)];
  test.info().annotations.push({
    type: '10 MB',
    description: `longest task ${longest.toFixed(0)} ms of CPU, a plain one ${plain.toFixed(0)}`,
  });
  expect(longest).toBeLessThan(TIMES_A_PLAIN_TASK * plain);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByLabel('Message')).toHaveAccessibleDescription(/At most 4000 characters/);
});

/** Messages that an older server may have stored; this one refuses such nesting. */
const TOO_DEEP: Record<string, string> = {
  quotations: '>'.repeat(4000),
  lists: `${'- '.repeat(1999)}x`,
  emphasis: '*a '.repeat(666) + ' b*'.repeat(666),
};

for (const [name, message] of Object.entries(TOO_DEEP)) {
  test(`a Markdown message nested too deeply by ${name} appears as text, under its own heading`, async ({
    page,
    herald,
    sender,
  }) => {
    await sender.send({
      title: 'Payment',
      message: 'Pay **now**',
      markdown: true,
      priority: 'low',
      actions: [{ label: 'Pay', event: 'pay' }],
    });
    await sender.send({
      title: 'Deep',
      message: 'DEEP',
      markdown: true,
      priority: 'low',
      actions: [{ label: 'Fine', event: 'fine' }],
    });
    await page.route('**/api/notifications?*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('DEEP', message) });
    });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    await herald.open();
    await herald.row('Payment').getByRole('link').click();
    await expect(body(herald)).toHaveText('Pay now');
    await herald.row('Deep').getByRole('link').click();
    await expect(herald.detail.getByRole('heading', { name: 'Deep' })).toBeVisible();
    await expect(body(herald).locator('p.message')).toHaveText(message);
    await expect(herald.detail.getByRole('button', { name: 'Fine' })).toBeVisible();
    await expect(herald.detail.getByRole('button', { name: 'Pay' })).toHaveCount(0);

    await sender.send({ title: 'After', message: '*Still* drawn', markdown: true, priority: 'low' });
    await herald.row('After').getByRole('link').click();
    await expect(body(herald).locator('em')).toHaveText('Still');
    expect(complaints).toEqual([]);
  });
}

test('links show their host, and an address with a user name is not a link', async ({ page, herald, sender }) => {
  const [lure, real] = ['https://bank.example@evil.example/', 'https://evil.example/log'];
  await sender.send({
    title: 'Links',
    message: `[bank.example](${real}) and [again](${lure})`,
    markdown: true,
    priority: 'low',
    url: 'https://аpple.com/',
    actions: [
      { label: 'bank.example', url: 'https://evil.example:8443/' },
      { label: 'Lure', url: 'https://replaced.example/' },
    ],
  });
  // An older server may have stored it; this one refuses such an address.
  await page.route('**/api/notifications?*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('https://replaced.example/', lure) });
  });
  await herald.open();
  await herald.row('Links').getByRole('link').click();
  await expect(herald.detail.getByRole('link')).toHaveText([
    'bank.example evil.example',
    /^bank\.example evil\.example:8443$/,
    /^Open link xn--pple-43d\.com$/,
  ]);
  await expect(body(herald)).toHaveText('bank.example evil.example and again');
});
