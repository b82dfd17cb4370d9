import type { AppWithKey } from '@herald/protocol';
import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { addPerson, call, signIn } from './support/people.ts';

test('a notification of an app shows its owner before the name that the owner gave it', async ({
  page,
  herald,
  server,
}) => {
  const topic = 'auth/me/topics/builds';
  const ada = await addPerson(server, 'ada');
  for (const token of [ada, await signIn(server)]) await call(server, 'PUT', topic, token);
  const app = await call(server, 'POST', 'apps', ada, { name: 'it-security', audience: ['topic:builds'] });
  const { key } = (await app.json()) as AppWithKey;
  await call(server, 'POST', 'notifications/send', key, { title: 'Change your password', message: 'Today.' });
  await herald.open();
  await expect(herald.row('Change your password')).toContainText('from ada (app it-security)');
  await herald.row('Change your password').getByRole('link').click();
  await expect(herald.detail).toContainText('From ada (app it-security)');
  await expect(page.locator('app-notification-detail app-face')).toHaveAttribute('data-initials', 'A');
});

test('Sent lists the notifications of one’s own apps by name, with their receipts', async ({
  page,
  herald,
  server,
}) => {
  const token = await signIn(server);
  const make = async (name: string, owner: string): Promise<string> => {
    const audience = [owner === token ? 'everyone' : 'user:ada'];
    const app = await call(server, 'POST', 'apps', owner, { name, audience });
    return ((await app.json()) as AppWithKey).key;
  };
  const [own, other] = [await make('backup', token), await make('builds', await addPerson(server, 'ada'))];
  for (const [key, title] of [
    [own, 'Of my app'],
    [other, 'Of another’s app'],
  ] as const)
    await call(server, 'POST', 'notifications/send', key, { title, message: 'Done' });
  await herald.open('/sent');
  const items = page.getByRole('list', { name: 'Sent' }).getByRole('listitem');
  await expect(items).toHaveCount(1);
  await expect(items).toContainText(/Of my app.* · from backup to everyone/);
  await page.getByRole('button', { name: 'Receipts: Of my app' }).click();
  await expect(items.locator('app-receipts-view')).toContainText('admin');
});
