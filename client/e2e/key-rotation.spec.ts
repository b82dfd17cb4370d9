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
  await expect(page.getByRole('menuitem')).toHaveText(['New key…', 'Remove…']);
  await page.keyboard.press('Escape');
  // Another page rotates it: the list of this one does not know that yet.
  await call(server, 'POST', `apps/${id}/rotate`, token);
  await herald.choose('New key…', 'backup');
  const dialog = page.getByRole('dialog', { name: 'New key for backup?' });
  await expect(dialog).toContainText(/An older key is valid until .+\. A new key ends it now/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await call(server, 'POST', 'notifications/send', key, { message: 'Still valid' });
  await expect(list).toContainText('Old key valid until');

  await herald.choose('End old key…', 'backup');
  await page.getByRole('dialog').getByRole('button', { name: 'End old key' }).click();
  await expect(list).not.toContainText('Old key valid until');
  await expect(call(server, 'POST', 'notifications/send', key, { message: 'Over' })).rejects.toThrow('401');

  const rotate = async (): Promise<string> => {
    await herald.choose('New key…', 'backup');
    await dialog.getByRole('button', { name: 'Make a new key' }).click();
    const shown = page.getByRole('dialog', { name: 'Key of backup' });
    const next = await shown.locator('code').first().innerText();
    await shown.getByRole('button', { name: 'Done' }).click();
    return next;
  };
  const keys = [await rotate(), await rotate()];
  for (const one of keys) await call(server, 'POST', 'notifications/send', one, { message: 'Valid' });
});
