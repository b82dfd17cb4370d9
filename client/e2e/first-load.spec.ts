import { expect, type Page, type Route } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';

/** Blocks the main script. @returns a function that releases it */
async function holdProgram(page: Page): Promise<() => void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
  await page.route(/\/main-[\w-]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  return () => letGo(null);
}

/** Intercepts chunks that contain `name`: `answer` handles their requests; the others load as usual. */
async function partOf(page: Page, name: string, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route(/\/chunk-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await (body.includes(name)
      ? answer(route)
      : route.fulfill({ status: response.status(), headers: response.headers(), body }));
  });
}

/**
 * @returns a function that reads all scripts loaded since this call, from the server: the browser discards responses
 * that a reload interrupts
 */
function scriptsOf(page: Page): () => Promise<string> {
  const urls = new Set<string>();
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) urls.add(response.url());
  });
  const textOf = async (url: string): Promise<string> => (await page.request.get(url)).text();
  return async () => (await Promise.all([...urls].map(textOf))).join('');
}

const placesOf = (page: Page, ...selectors: string[]): Promise<number[][]> =>
  page.evaluate(
    (all) =>
      all
        .map((one) => document.querySelector(one)!.getBoundingClientRect())
        .map(({ x, y, width, height }) => [x, y, width, height]),
    selectors,
  );

// Lets pending requests finish before the page closes.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'wait' }));

for (const width of [360, 1440]) {
  test(`the header shows before the main script loads, and does not shift when that starts, at ${width} px`, async ({
    page,
    herald,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    // The second visit has a stored session.
    await herald.open();
    const letGo = await holdProgram(page);
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('.first-sight')).toBeVisible();
    await expect(page.locator('.first-sight img')).toHaveJSProperty('complete', true);
    const before = await placesOf(page, '.first-sight img', '.first-sight b', '.first-sight i');
    const colour = await page.locator('.first-sight').evaluate((sight) => getComputedStyle(sight).backgroundColor);
    letGo();
    await herald.isLive();
    expect(await placesOf(page, '.brand img', '.brand .name', 'app-connection-line .dot')).toEqual(before);
    expect(await page.locator('header').evaluate((header) => getComputedStyle(header).backgroundColor)).toBe(colour);
  });
}

test('the first data and chunks of the inbox are prefetched before the main script loads', async ({ page, herald }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const countOf = (path: string): number => asked.filter((one) => one === path).length;
  await herald.open();
  expect([countOf('/api/info'), countOf('/api/auth/login')]).toEqual([1, 1]);

  const letGo = await holdProgram(page);
  asked.length = 0;
  await page.reload({ waitUntil: 'commit' });
  await expect.poll(() => countOf('/api/notifications')).toBe(1);
  const files = (await page.locator('meta[name=inbox-files]').getAttribute('content'))!.split(' ');
  await expect.poll(() => files.filter((file) => countOf(`/${file}`) !== 1)).toEqual([]);
  letGo();
  await herald.isLive();
  await page.waitForLoadState('networkidle');
  expect(files.filter((file) => countOf(`/${file}`) !== 1)).toEqual([]);
});

test('a notification that another tab receives before the main script loads is not missing', async ({
  page,
  herald,
  context,
  sender,
}) => {
  await herald.open();
  const other = new HeraldPage(await context.newPage());
  const letGo = await holdProgram(other.page);
  const isAhead = other.page.waitForResponse(/\/api\/notifications\?/);
  await other.page.goto('/', { waitUntil: 'commit' });
  await (await isAhead).finished();
  const { id } = await sender.send({ title: 'Meanwhile' });
  await expect(herald.row('Meanwhile')).toBeVisible();
  // The connection of the other tab will resume from this position.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('herald.positions.admin'))).toContain(id);
  letGo();
  await other.isLive();
  await expect(other.row('Meanwhile')).toBeVisible();
  await other.page.unrouteAll({ behavior: 'wait' });
});

test('the inbox loads without the chunk of the sign-in page', async ({ page, herald }) => {
  await herald.open();
  const scripts = scriptsOf(page);
  await page.reload();
  await herald.isLive();
  await page.waitForLoadState('networkidle');
  const all = await scripts();
  expect(all).toContain('app-notification-row');
  expect(all).not.toContain('app-sign-in-page');
});

test.describe('while signed out', () => {
  test.use({ serverEnv: { ADMIN_PASSWORD: 'a password of its own' } });

  test('the sign-in page loads without Material’s form fields, and prefetches the inbox only after it shows', async ({
    page,
    herald,
  }) => {
    const scripts = scriptsOf(page);
    // Simulates a slow network.
    const { promise: asked, resolve: ask } = Promise.withResolvers<unknown>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<unknown>();
    await partOf(page, 'app-notification-row', async (route) => {
      ask(null);
      await arrived;
      await route.continue();
    });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
    await asked;
    expect(await scripts()).not.toContain('mat-mdc-form-field');

    arrive(null);
    await herald.signIn('admin', 'a password of its own');
    await herald.isLive();
  });
});

test('the account menu, once opened, does not open on its own after the next sign-in', async ({ page, herald }) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});

test('a menu whose chunk failed to load causes a notice, and opens once the chunk is available', async ({
  page,
  herald,
  server,
}) => {
  let isThere = false;
  await partOf(page, 'app-account-menu', (route) => (isThere ? route.continue() : route.abort()));
  await page.goto(server.pageUrl);
  await herald.isLive();
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.locator('app-page-notice').getByRole('complementary')).toBeVisible();
  isThere = true;
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});
