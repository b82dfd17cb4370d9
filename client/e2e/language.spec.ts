import { expect, type Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';
import { isLiveInGerman, walkInGerman } from './support/german-walk.ts';
import { germanTexts, patternsOf, textsInSources } from './support/texts.ts';

/** Contrast takes axe the longest, and is the same in every language. Menus lie outside the landmarks. */
const SAME_IN_EVERY_LANGUAGE = ['color-contrast', 'region'];

/** All visible and accessible texts of the page, with the hints of its fields. */
function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words: string[] = [document.title];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      if (node.parentElement?.closest('script, style, noscript') === null) words.push(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) words.push(element.getAttribute(name) ?? '');
    }
    return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
  });
}

async function chooseLanguage(page: Page, field: string, language: string): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: language }).click();
}

test.describe('in a German browser', () => {
  test.use({ locale: 'de-AT', timezoneId: 'Europe/Vienna' });

  test('the page is in German: a toast, an announcement, a day, a date and an age', async ({
    page,
    herald,
    sender,
  }) => {
    await page.goto('/');
    await isLiveInGerman(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page).toHaveTitle('Posteingang · Herald');
    await sender.send({ title: 'Bonn', priority: 'medium' });
    await expect(herald.toast('Bonn')).toContainText('mittel · test');
    await expect(page.locator('[aria-live=polite]')).toContainText('Neu: Bonn');
    await expect(herald.list.getByRole('heading', { name: 'Heute' })).toBeVisible();
    await expect(herald.row('Bonn').locator('time')).toHaveText('jetzt');
    await expect(page).toHaveTitle('(1) Posteingang · Herald');
    await herald.row('Bonn').getByRole('link').click();
    await expect(herald.detail.locator('time')).toHaveText(/^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/);
  });

  test('a refusal of the server appears in German at its field', async ({ page }) => {
    await page.goto('/compose');
    await page.getByLabel('Kategorie').fill('zwei Worte');
    await page.getByRole('button', { name: 'Senden' }).click();
    await expect(page.getByLabel('Titel')).toHaveAccessibleDescription(/Hier fehlt etwas\./);
    await expect(page.getByLabel('Kategorie')).toHaveAccessibleDescription(/Ein Wort, bitte/);
  });

  test('a link opens the same place in either language', async ({ page, herald, sender }) => {
    const { id } = await sender.send({ title: 'Bonn' });
    await page.goto(`/n/${id}`);
    await expect(herald.detail.getByRole('heading', { name: 'Bonn' })).toBeVisible();
    await expect(page).toHaveURL(`/?open=${id}`);
    await chooseLanguage(page, 'Sprache dieser Seite', 'English');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await page.goto(`/n/${id}`);
    await expect(herald.detail.getByText('From admin')).toBeVisible();
  });

  test('a chosen English survives a reload until the browser’s language is chosen again', async ({ page }) => {
    await chooseLanguage(page, 'Sprache dieser Seite', 'English');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.reload();
    await expect(page.getByRole('combobox', { name: 'Language of this page' })).toHaveText('English');
    await chooseLanguage(page, 'Language of this page', 'Same as the browser');
    await expect(page.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible();
  });

  test('the installable app is German and otherwise the same app', async ({ page, server }) => {
    await page.goto('/');
    await isLiveInGerman(page);
    const read = async (name: string) =>
      (await (await fetch(`${server.pageUrl}/${name}`)).json()) as { shortcuts: object[] } & Record<string, unknown>;
    const [english, german] = [
      await read('manifest.webmanifest'),
      await read((await page.locator('link[rel=manifest]').getAttribute('href'))!),
    ];
    const withoutWords = (one: Awaited<ReturnType<typeof read>>) => ({
      ...one,
      lang: '',
      description: '',
      shortcuts: one.shortcuts.map((shortcut) => ({ ...shortcut, name: '', short_name: '' })),
    });
    expect([german['lang'], german.shortcuts]).toMatchObject(['de', [{ name: 'Benachrichtigung senden' }]]);
    expect(withoutWords(german)).toEqual(withoutWords(english));
    // Chromium's own parse of the manifest.
    const devtools = await page.context().newCDPSession(page);
    const { url, errors } = await devtools.send('Page.getAppManifest');
    expect([new URL(url).pathname, errors]).toEqual(['/manifest.de.webmanifest', []]);
  });

  test('the page stays English when the German texts fail to load', async ({ page, herald, server }) => {
    const german = /\/chunk-[\w-]+\.js$/;
    await page.route(german, async (route) => {
      const body = await (await route.fetch()).text();
      return body.includes('Posteingang') ? route.abort() : route.continue();
    });
    await page.goto(server.pageUrl);
    await herald.isLive();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    // Lets pending requests finish before the page closes.
    await page.unrouteAll({ behavior: 'wait' });
  });

  test('no page or dialog contains English, and axe finds no violations', async ({ page, herald, server, sender }) => {
    test.setTimeout(240_000);
    const german = germanTexts();
    const english = Object.entries(textsInSources()).flatMap(([id, text]) =>
      german[id] === text ? [] : patternsOf(text),
    );
    // Excludes words that both languages share: `Link`, `Desktop`.
    const inGerman = Object.values(german).flatMap(patternsOf);
    const isLeft = (word: string): boolean =>
      english.some((one) => one.test(word)) && !inGerman.some((one) => one.test(word));
    expect(['Take back', 'Mark read: Bonn', '12 unread'].filter((word) => !isLeft(word))).toEqual([]);
    // An element that is still fading in has too little contrast.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const left: string[] = [];
    const seen = new Set<string>();
    await walkInGerman({ page, herald, server, sender }, async (where) => {
      for (const word of await wordsOn(page)) {
        if (!seen.has(word) && isLeft(word)) left.push(`${where}: ${word}`);
        seen.add(word);
      }
      const violations = await axeViolations(page, { except: SAME_IN_EVERY_LANGUAGE });
      left.push(...violations.map((violation) => `${where}: ${violation}`));
      await page.setViewportSize({ width: 360, height: 800 });
      const excess = (): Promise<number> =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(excess, `${where} scrolls sideways`).toBe(0);
      await page.setViewportSize({ width: 1280, height: 720 });
    });
    expect(left).toEqual([]);
    expect(seen.size).toBeGreaterThan(300);
  });
});

test.describe('in a browser with unsupported languages', () => {
  test.use({ locale: 'fr-FR' });

  test('the page is in English and requests no other texts', async ({ page, herald }) => {
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) bodies.push(response.text());
    });
    await herald.open();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page).toHaveTitle('Inbox · Herald');
    // The page fetches chunks when it is idle, too. None may begin while the bodies are read.
    await page.waitForLoadState('networkidle');
    expect((await Promise.all(bodies)).filter((body) => body.includes('Posteingang'))).toEqual([]);
  });
});

test('a right-to-left page is mirrored and does not overflow', async ({ page, herald, sender }) => {
  await herald.open();
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await sender.send({ title: 'One' });
  await expect(herald.toast('One')).toBeVisible();
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
  }
  expect((await page.getByRole('navigation').boundingBox())!.x).toBeGreaterThan(1100);
  expect((await herald.toasts.first().boundingBox())!.x).toBeLessThan(100);
});
