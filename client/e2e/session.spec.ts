import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { InboxReads } from './support/inbox-reads.ts';
import { addPerson, PASSWORD } from './support/people.ts';
import { signInElsewhere } from './support/sign-in-elsewhere.ts';

const EXPIRED = 'Your session has expired';

test('signing out opens the sign-in page, a reload stays there, and signing in leads back', async ({
  page,
  herald,
}) => {
  await herald.open();
  await herald.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect(page.getByRole('main').getByText(EXPIRED)).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('herald.session'))).toBeNull();

  await herald.signIn();
  await herald.isLive();
  await expect(page).toHaveURL('/');
});

/** Data in this browser that the next person could read. */
async function leftBehind(page: Page): Promise<{ kept: string[]; cached: string[]; answer: number }> {
  return page.evaluate(async () => {
    const cached: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) cached.push(url);
    const { status } = await fetch('/api/notifications?view=inbox&limit=50', { cache: 'force-cache' });
    return {
      kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort(),
      cached: cached.filter((url) => url.includes('/api')),
      answer: status,
    };
  });
}

test('signing out leaves no personal data in the browser or the address', async ({ page, herald, sender }) => {
  await sender.send({ title: 'For admin alone', audience: ['user:admin'] });
  await herald.open();
  await page.getByRole('searchbox').fill('alone');
  await expect(page).toHaveURL(/alone/);
  await expect(herald.row('For admin alone')).toBeVisible();
  await page.evaluate(() => localStorage.setItem('herald.held-back.admin', '{}'));
  await herald.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect(page).toHaveURL('/sign-in');
  await expect
    .poll(() => leftBehind(page))
    .toEqual({ kept: ['herald.server-url', 'herald.signed-out'], cached: [], answer: 401 });
});

test('signing out makes the server refuse the token', async ({ page, herald, server }) => {
  await herald.open();
  const token = await page.evaluate(
    () => (JSON.parse(localStorage.getItem('herald.session')!) as { token: string }).token,
  );
  const me = async (): Promise<number> =>
    (await fetch(`${server.apiUrl}/api/auth/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await me()).toBe(200);
  await herald.signOut();
  await expect.poll(me).toBe(401);
});

test('signing out removes toasts and notifications from the page', async ({ page, herald, sender }) => {
  await herald.open();
  await sender.sendMany(5);
  await expect(herald.toasts).toHaveCount(3);
  await herald.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect(herald.toasts).toHaveCount(0, { timeout: 1000 });
  await expect(page).toHaveTitle('Sign in · Herald');
});

test('the page says that a password is wrong, and the right one works afterwards', async ({ page, herald }) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn('admin', 'wrong');
  await expect(page.locator('.problem')).toContainText('password');
  await herald.signIn();
  await herald.isLive();
});

test('a token that the server no longer accepts leads to sign-in with a reason, and back', async ({
  page,
  herald,
  server,
}) => {
  await herald.open();
  await page.getByRole('link', { name: 'Compose' }).click();
  // The lazy chunk comes from the server, which stops next.
  await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
  await server.stop();
  await server.start({ SECRET_KEY: 'a secret that this server did not have before' });
  await herald.connectNow();

  await expect(page.getByRole('main').getByText(EXPIRED)).toBeVisible({ timeout: 15_000 });
  await herald.signIn();
  await expect(page).toHaveURL('/compose');
  await herald.isLive();
});

test('after a restart that revokes tokens, the page explains the sign-out and returns to the same place', async ({
  page,
  herald,
  server,
}) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await page.getByRole('link', { name: 'Compose' }).click();
  await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
  await server.stop();
  await server.start();
  await herald.connectNow();
  await expect(page.getByRole('main').getByText('The server was restarted')).toBeVisible({ timeout: 15_000 });
  await herald.signIn();
  await expect(page).toHaveURL('/compose');
  await herald.isLive();
});

test('the demo signs in again after a restart and keeps its draft', async ({ page, herald, server }) => {
  await herald.open('/compose');
  await page.getByLabel('Title').fill('Half a title');
  await server.stop();
  await expect(herald.status).not.toHaveText('Live');
  await server.start();
  await herald.isLive();
  await expect(page).toHaveURL('/compose');
  await expect(page.getByLabel('Title')).toHaveValue('Half a title');
});

test.describe('with a token that lives for a minute', () => {
  test.use({ serverEnv: { TOKEN_TTL_SECONDS: '60' } });

  test('the session ends with its token, with a reason, and signing in leads back', async ({ page, herald }) => {
    await page.clock.install();
    await herald.open('/compose');
    await page.clock.fastForward(61_000);
    await expect(page.getByRole('main').getByText(EXPIRED)).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Fcompose$/);
    await herald.signIn();
    await expect(page).toHaveURL('/compose');
  });

  test('a session that ends before the page has loaded leads to sign-in as well', async ({ page, herald }) => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
    await page.route(/\/chunk-[\w-]+\.js$/, async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      if (body.includes('app-compose-page')) await held;
      await route.fulfill({ response, body });
    });
    await page.clock.install();
    await herald.open('/compose');
    await page.clock.fastForward(61_000);
    await expect(page.getByRole('button', { name: /^Account/ })).toHaveCount(0);
    letGo(null);
    await expect(page.getByRole('main').getByText(EXPIRED)).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Fcompose$/);
    await page.unrouteAll({ behavior: 'wait' });
  });
});

test('the demo account does not take over a session that expired while the page was closed', async ({
  page,
  herald,
}) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem('herald.session')!);
    localStorage.setItem('herald.session', JSON.stringify({ ...stored, expiresAt: Date.now() - 1 }));
  });
  await page.goto('/compose');
  await expect(page.getByRole('main').getByText(EXPIRED)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('main').getByText(EXPIRED)).toBeVisible();
  await herald.signIn();
  await expect(page).toHaveURL('/compose');
});

test('a signed-out person can continue with the demo', async ({ page, herald }) => {
  await herald.open();
  await herald.signOut();
  await page.getByRole('button', { name: 'Continue with the demo' }).click();
  await herald.isLive();
  await expect(page.getByText('This is a demo')).toBeVisible();
});

test.describe('with a password of its own', () => {
  test.use({ serverEnv: { ADMIN_PASSWORD: 'of-its-own-and-long' } });

  test('the server offers no demo: the page opens at sign-in without mentioning one', async ({ page, herald }) => {
    await page.goto('/compose');
    await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
    await expect(page.getByText('demo')).toHaveCount(0);
    await herald.signIn('admin', 'of-its-own-and-long');
    await expect(page).toHaveURL('/compose');
    await herald.isLive();
    await expect(page.getByText('demo')).toHaveCount(0);
  });
});

test('the sign-in page redirects a signed-in person', async ({ page, herald }) => {
  await herald.open();
  await page.goto('/sign-in?returnTo=%2Fcompose');
  await expect(page).toHaveURL('/compose');
  await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
});

test('a return address outside the page is ignored', async ({ page, herald }) => {
  await herald.open();
  await herald.signOut();
  await page.goto('/sign-in?returnTo=https%3A%2F%2Fexample.com');
  await herald.signIn();
  await expect(page).toHaveURL('/');
});

test('tabs of one browser sign out and in together', async ({ page, herald, context }) => {
  const other = new HeraldPage(await context.newPage());
  await herald.open();
  await other.open();
  await herald.signOut();
  await expect(other.page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await herald.signIn();
  await expect(page).toHaveURL('/');
  await other.isLive();
});

test('a person who signs in in another tab gets a page of their own here', async ({
  page,
  herald,
  context,
  sender,
  server,
}) => {
  const token = await addPerson(server, 'bob');
  await herald.open();
  await sender.send({ title: 'For admin alone', audience: ['user:admin'] });
  await expect(herald.row('For admin alone')).toBeVisible();
  await expect(herald.toasts).toHaveCount(1);

  await signInElsewhere(context, 'bob', token);
  await expect(page.getByRole('button', { name: 'Account: bob' })).toBeVisible();
  await expect(page).toHaveTitle('Inbox · Herald');
  await expect(herald.toasts).toHaveCount(0);
  await herald.isLive();
  await page.bringToFront();

  await sender.send({ title: 'For admin again', audience: ['user:admin'] });
  await sender.send({ title: 'For bob', audience: ['user:bob'] });
  await expect(herald.toast('For bob')).toBeVisible();
  await expect.poll(() => herald.titles()).toEqual(['For bob']);
  await expect(herald.toasts).toHaveCount(1);
});

test('a person who signs in in another tab sees neither the search nor the dialog of the last one', async ({
  page,
  herald,
  context,
  server,
}) => {
  const token = await addPerson(server, 'bob');
  const reads = new InboxReads(page);
  await herald.open('/archived?q=secret');
  await reads.haveEnded();
  await page.getByRole('heading', { name: 'Archived', exact: true }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  const searches: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('secret')) searches.push(request.url());
  });
  await signInElsewhere(context, 'bob', token);
  await expect(page.getByRole('button', { name: 'Account: bob' })).toBeVisible();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await herald.isLive();
  expect(searches).toEqual([]);
});

test('the page of an expired session opens for its person only', async ({ page, herald, server }) => {
  await addPerson(server, 'bob');
  await herald.open();
  await page.evaluate(() => {
    const session = { username: 'admin', token: 'old', expiresAt: 1, isDemo: false };
    localStorage.setItem('herald.session', JSON.stringify(session));
  });
  await page.goto('/archived?q=secret');
  await herald.signIn('bob', PASSWORD);
  await expect(page).toHaveURL('/');
});

test('a dialog closes with the session, so that nobody signs in behind it', async ({ page, herald, context }) => {
  await herald.open();
  await expect(page.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  const other = new HeraldPage(await context.newPage());
  await other.open();
  await other.signOut();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
});
