import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { isInstalled } from './support/installed.ts';
import { expectNoFault } from './support/looks.ts';

const KEPT = /^Offline\. Showing your inbox as of \d{1,2}:\d\d\s[AP]M\.$/;

test.use({ serviceWorkers: 'allow' });

/** Titles of the offline inbox that this browser stores, for any person; null when it stores none. */
async function keptTitles(page: Page): Promise<string[] | null> {
  return page.evaluate(
    () =>
      new Promise<string[] | null>((resolve, reject) => {
        const opening = indexedDB.open('herald.inbox');
        // The page has not created the database yet; an empty one left here would lack the object store.
        opening.onupgradeneeded = () => {
          opening.transaction!.abort();
          resolve(null);
        };
        opening.onerror = () => reject(new Error('not opened'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('inbox').objectStore('inbox').get('last');
          reading.onerror = () => reject(new Error('not read'));
          reading.onsuccess = () => {
            opening.result.close();
            resolve(
              (reading.result as { items: { title: string }[] } | undefined)?.items.map(({ title }) => title) ?? null,
            );
          };
        };
      }),
  );
}

test('without its server the page shows the last inbox as such; afterwards new arrivals appear once', async ({
  page,
  herald,
  server,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Read before' });
  await sender.send({ title: 'Known' });
  await herald.row('Read before').getByRole('button', { name: 'Mark read' }).click();
  await isInstalled(page);
  await expect.poll(() => keptTitles(page)).toEqual(['Known', 'Read before']);
  await server.stop();

  await page.reload();
  await expect(page.locator('app-root').getByText(KEPT)).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => herald.titles()).toEqual(['Known', 'Read before']);
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await expect(page.getByRole('button', { name: /^Account/ })).toBeVisible();
  await expectNoFault(page, 'offline');

  await server.start();
  await sender.send({ title: 'Sent meanwhile' });
  await herald.connectNow();
  await herald.isLive();
  await expect(herald.row('Sent meanwhile')).toHaveCount(1);
  await expect(page.locator('app-root').getByText(KEPT)).toHaveCount(0);
  // The server stores in memory, so entries lost with the restart are gone from the page too.
  await expect.poll(() => herald.titles()).toEqual(['Sent meanwhile']);
  await expect(page).toHaveTitle('(1) Inbox · Herald');
});

test('without a network the page opens the same way; afterwards the log resumes without duplicates', async ({
  page,
  context,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.sendMany(3, { priority: 'medium' });
  await herald.has(3);
  await isInstalled(page);
  await expect.poll(async () => (await keptTitles(page))?.length).toBe(3);
  await context.setOffline(true);

  await page.reload();
  await expect(page.locator('app-root').getByText(KEPT)).toBeVisible({ timeout: 15_000 });
  await herald.has(3);
  await sender.send({ title: 'While offline', priority: 'medium' });
  await context.setOffline(false);

  await herald.isLive();
  await expect(herald.row('While offline')).toHaveCount(1);
  await expect(page.locator('app-root').getByText(KEPT)).toHaveCount(0);
  await herald.has(4);
  await expect(page).toHaveTitle('(4) Inbox · Herald');
});

test('every page opens offline, and the page explains why an action that needs the server fails', async ({
  page,
  context,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Known' });
  await isInstalled(page);
  await expect.poll(() => keptTitles(page)).toEqual(['Known']);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('app-root').getByText(KEPT)).toBeVisible({ timeout: 15_000 });

  await herald.row('Known').getByRole('button', { name: 'Mark read' }).click();
  await expect(
    page.locator('app-root').getByText('The server did not answer, so this may not have been saved'),
  ).toBeVisible();
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await herald.row('Known').getByRole('link').click();
  await expect(herald.detail.getByRole('heading', { name: 'Known' })).toBeVisible();
  await herald.detail.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('link', { name: 'Archived' }).click();
  await expect(page.getByRole('heading', { name: 'Not on this device' })).toBeVisible();
  // Neither page has been opened in this browser before.
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.goto('/compose');
  await page.getByLabel('Title').fill('Not sent');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('app-root').getByText('This may or may not have been sent')).toBeVisible();
});

test('signing out wipes the stored inbox, even without a server, and the next person sees nothing of it', async ({
  page,
  context,
  herald,
  server,
  sender,
}) => {
  await createUser(server.apiUrl, 'bob', 'a password of bob');
  await herald.open();
  await sender.send({ title: 'For admin alone', audience: ['user:admin'] });
  await isInstalled(page);
  await expect.poll(() => keptTitles(page)).toEqual(['For admin alone']);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('app-root').getByText(KEPT)).toBeVisible({ timeout: 15_000 });
  await herald.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect.poll(() => keptTitles(page)).toBeNull();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith('.admin')))).toEqual([]);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();

  await context.setOffline(false);
  await herald.signIn('bob', 'a password of bob');
  await herald.isLive();
  await sender.send({ title: 'For all' });
  await expect.poll(() => keptTitles(page)).toEqual(['For all']);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('app-root').getByText(KEPT)).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => herald.titles()).toEqual(['For all']);
});

test('the stored inbox of one person is not shown to another on the same browser', async ({
  page,
  context,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Of admin' });
  await isInstalled(page);
  await expect.poll(() => keptTitles(page)).toEqual(['Of admin']);
  await context.setOffline(true);
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem('herald.session')!);
    localStorage.setItem('herald.session', JSON.stringify({ ...stored, username: 'bob' }));
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The notifications didn’t load' })).toBeVisible();
  await expect(page.locator('app-root').getByText('Of admin')).toHaveCount(0);
});

test('an expired session does not show the inbox, even offline', async ({ page, context, herald, sender }) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await sender.send({ title: 'Kept' });
  await isInstalled(page);
  await expect.poll(() => keptTitles(page)).toEqual(['Kept']);
  await context.setOffline(true);
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem('herald.session')!);
    localStorage.setItem('herald.session', JSON.stringify({ ...stored, expiresAt: 0 }));
  });
  await page.reload();
  await expect(page.locator('app-root').getByText('Your session has expired')).toBeVisible();
  await expect(page.locator('app-root').getByText('Kept')).toHaveCount(0);
});

test.describe('in a browser without service workers', () => {
  test.use({ serviceWorkers: 'block' });

  test('the page says that a part did not load, until the server is back', async ({ page, herald, server }) => {
    await herald.open();
    await server.stop();
    await page.getByRole('link', { name: 'Compose' }).click();
    const word = page.locator('app-root').getByText('This part of Herald didn’t load');
    await expect(word).toBeVisible();
    await expectNoFault(page, 'a part is missing');
    await server.start();
    await herald.connectNow();
    await herald.isLive();
    await expect(word).toHaveCount(0);
    await page.getByRole('link', { name: 'Compose' }).click();
    await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
  });
});

async function createUser(apiUrl: string, username: string, password: string): Promise<void> {
  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { access_token: token } = (await (
    await post('/api/auth/login', { username: 'admin', password: 'password' })
  ).json()) as { access_token: string };
  const created = await post('/api/users', { username, password, roles: [] }, { Authorization: `Bearer ${token}` });
  if (!created.ok) throw new Error(`${created.status}: ${await created.text()}`);
}
