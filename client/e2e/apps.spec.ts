import type { App } from '@herald/protocol';
import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';

const apps = (page: Page) => page.getByRole('list', { name: 'Apps' }).getByRole('listitem');
const app = (page: Page, name: string) => apps(page).filter({ has: page.getByRole('heading', { name, exact: true }) });

test('the data of an open notification is a table, whose rest a button shows', async ({ herald, sender }) => {
  const labels = { severity: 'page', team: 'storage', zone: 'a', rack: '7', disk: 'nvme0' };
  const { id } = await sender.send({
    title: 'Disk',
    data: { host: 'db-1', html: '<b>no</b>', log: 'https://example.com/log', labels, alerts: ['DiskFull', 'Slow'] },
  });
  await herald.open(`/?open=${id}`);
  const table = herald.detail.getByRole('table', { name: 'Data' });
  await expect(table.getByRole('row', { name: 'labels.severity page' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'html <b>no</b>' })).toBeVisible();
  await expect(table.getByRole('link', { name: 'https://example.com/log' })).toHaveAttribute('target', '_blank');
  await expect(table.getByRole('row')).toHaveCount(8);
  await herald.detail.getByRole('button', { name: 'Show all 10' }).click();
  await expect(table.getByRole('row').last()).toHaveAccessibleName('alerts.1 Slow');
  await expect(herald.detail.getByRole('button', { name: 'Show fewer' })).toBeFocused();
});

test('apps come a page at a time, each with its purpose, owner, last use and expiry', async ({ page, herald }) => {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const all = Array.from({ length: 30 }, (_, n): App => {
    const plain: App = {
      id: n + 1,
      name: `app-${n + 1}`,
      owner: 'admin',
      scope: 'send',
      audience: ['everyone'],
      createdAt: at(-99),
    };
    if (n === 1)
      return {
        ...plain,
        owner: 'ada',
        audience: ['user:ada', 'topic:builds'],
        lastUsedAt: at(-3.5),
        lastUsedFrom: '192.0.2.7',
      };
    return n === 2 ? { ...plain, scope: 'read', audience: [], expiresAt: at(-1) } : plain;
  });
  await page.route(/\/api\/apps(\?|$)/, (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    const items = all.filter(({ id }) => id > after).slice(0, 20);
    return route.fulfill({ json: { items, nextCursor: items.at(-1)!.id < 30 ? String(items.at(-1)!.id) : null } });
  });
  await herald.open();
  await herald.visit('Apps');
  await expect(apps(page)).toHaveCount(20);
  await expect(app(page, 'app-1')).toContainText(/Sends to everyone\s*Never used/);
  await expect(app(page, 'app-2')).toContainText(
    /Sends to ada, topic builds\s*Owner: ada\s*Last used 3 hr. ago from 192.0.2.7/,
  );
  await expect(app(page, 'app-3')).toContainText(/Reads your notifications\s*Never used\s*Expired /);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(apps(page)).toHaveCount(30);
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('a person sees their own apps only, and removes one; a failed load can be retried', async ({
  page,
  herald,
  server,
}) => {
  const ada = await addPerson(server, 'ada');
  await call(server, 'POST', 'apps', await signIn(server), { name: 'builds', audience: ['everyone'] });
  await call(server, 'POST', 'apps', ada, { name: 'backup', audience: ['user:ada'] });
  await herald.open();
  await herald.signOut();
  await herald.signIn('ada', PASSWORD);
  await page.route('**/api/apps', (route) => route.abort());
  await herald.visit('Apps');
  await expect(page.locator('app-apps-page .problem')).toContainText('can’t be reached');
  await page.unroute('**/api/apps');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(apps(page)).toHaveCount(1);
  await expect(app(page, 'backup')).toContainText('Sends to you');
  await herald.choose('Remove…', 'backup');
  const dialog = page.getByRole('dialog', { name: 'Remove backup?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No apps yet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Apps', exact: true })).toBeFocused();
});
