import { expect, type Page, type Route } from '@playwright/test';
import { test } from './fixtures.ts';
import { HeraldPage } from './herald-page.ts';

/** Holds the program back until it is let go. */
async function holdProgram(page: Page): Promise<() => void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
  await page.route(/\/main-[\w-]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  return () => letGo(null);
}

/** Lets scripts come as they are, but for those that speak of this: what becomes of one is for `answer` to say. */
async function partOf(page: Page, name: string, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route(/\/chunk-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await (body.includes(name)
      ? answer(route)
      : route.fulfill({ status: response.status(), headers: response.headers(), body }));
  });
}

/** What the scripts say that have come to the page, from now on. Of the server: the browser forgets what a reload cuts off. */
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

// What the page asks for until the last moment is answered before it is closed.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'wait' }));

for (const width of [360, 1440]) {
  test(`the header is seen before the program has come, and nothing of it moves when that starts, at ${width} px`, async ({
    page,
    herald,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    // The second visit: it is known who is there.
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

test('what the inbox begins with is asked for while the program is still to come', async ({ page, herald }) => {
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

test('what another tab receives while the program is still to come is not missing', async ({
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
  // From there on the connection of the other tab will go on.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('herald.positions.admin'))).toContain(id);
  letGo();
  await other.isLive();
  await expect(other.row('Meanwhile')).toBeVisible();
  await other.page.unrouteAll({ behavior: 'wait' });
});

test('the inbox does without the sign-in page', async ({ page, herald }) => {
  await herald.open();
  const scripts = scriptsOf(page);
  await page.reload();
  await herald.isLive();
  await page.waitForLoadState('networkidle');
  const all = await scripts();
  expect(all).toContain('app-notification-row');
  expect(all).not.toContain('app-sign-in-page');
});

test.describe('where nobody is signed in', () => {
  test.use({ serverEnv: { ADMIN_PASSWORD: 'a password of its own' } });

  test('the sign-in page does without forms of Material’s, and brings the inbox only once it is there', async ({
    page,
    herald,
  }) => {
    const scripts = scriptsOf(page);
    // As on a network that is slow.
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

test('the account menu that was opened once does not open by itself for the next who signs in', async ({
  page,
  herald,
}) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});

test('a menu that is wanted before it could be fetched is told of, and opens once it can be', async ({
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
