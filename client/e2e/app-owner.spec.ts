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
