import type { AppWithKey } from '@herald/protocol';
import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { call, signIn } from './support/people.ts';

test('a key that is valid for one more day ends sooner only if the person says so', async ({
  page,
  herald,
  server,
}) => {
  const token = await signIn(server);
  const made = await call(server, 'POST', 'apps', token, { name: 'backup', audience: ['everyone'] });
  const { id, key } = (await made.json()) as AppWithKey;
  await herald.open('/apps');
  const list = page.getByRole('list', { name: 'Apps' });
  await page.getByRole('button', { name: 'More: backup' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Templates', 'New key…', 'Remove…']);
  await page.keyboard.press('Escape');
  // Another page rotates it: the list of this one does not know that yet.
  const rotated = await call(server, 'POST', `apps/${id}/rotate`, token);
  const { key: second } = (await rotated.json()) as AppWithKey;
  await herald.choose('New key…', 'backup');
  await expect(page.getByRole('dialog')).toContainText(/the old key stays valid until .+\. If programs already use/);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await call(server, 'POST', 'notifications/send', key, { message: 'Still valid' });
  await expect(list).toContainText('Old key valid until');

  await herald.choose('End old key…', 'backup');
  await page.getByRole('dialog').getByRole('button', { name: 'End old key' }).click();
  await expect(list).not.toContainText('Old key valid until');
  await expect(call(server, 'POST', 'notifications/send', key, { message: 'Over' })).rejects.toThrow('401');

  const rotate = async (action: string): Promise<string> => {
    await herald.choose('New key…', 'backup');
    await page.getByRole('dialog').getByRole('button', { name: action }).click();
    const shown = page.getByRole('dialog', { name: 'Key of backup' });
    const next = await shown.locator('code').first().innerText();
    await shown.getByRole('button', { name: 'Done' }).click();
    return next;
  };
  const [lost, next] = [await rotate('Make a new key'), await rotate('Make it again')];
  for (const one of [second, next]) await call(server, 'POST', 'notifications/send', one, { message: 'Valid' });
  await expect(call(server, 'POST', 'notifications/send', lost, { message: 'Over' })).rejects.toThrow('401');
});

test('a new key whose answer got lost is made again, and the key of the program stays valid', async ({
  page,
  herald,
  server,
}) => {
  const made = await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
  const { key } = (await made.json()) as AppWithKey;
  await herald.open('/apps');
  await page.route(
    '**/api/apps/*/rotate',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await herald.choose('New key…', 'backup');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make a new key' }).click();
  await expect(dialog).toContainText('there may be a new key already that nobody has seen. Try again to replace it.');
  await dialog.getByRole('button', { name: 'Make a new key' }).click();
  await expect(dialog).toHaveAccessibleName('Key of backup');
  const next = await dialog.locator('code').first().innerText();
  for (const one of [key, next]) await call(server, 'POST', 'notifications/send', one, { message: 'Valid' });
});
