import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { listen, spoken } from './support/listening.ts';

test.describe('an open notification', () => {
  test('says that it was removed', async ({ page, herald, sender }) => {
    const { id } = await sender.send({ title: 'Wrong number' });
    await herald.open(`/?open=${id}`);
    await expect(herald.detail.getByRole('heading', { name: 'Wrong number' })).toBeVisible();
    await sender.retract(id);
    await expect(herald.detail.getByRole('heading', { name: 'This notification was removed' })).toBeVisible();
    await expect(page.getByText('Loading…')).toHaveCount(0);
  });

  test('says that it has expired', async ({ herald, sender }) => {
    await herald.open();
    await sender.send({ title: 'Flash sale', expiresAt: new Date(Date.now() + 3000).toISOString() });
    await herald.row('Flash sale').getByRole('link').click();
    await expect(herald.detail.getByRole('heading', { name: 'Flash sale' })).toBeVisible();
    await expect(herald.detail.getByRole('heading', { name: 'This notification has expired' })).toBeVisible();
  });

  test('links to its newest replacement', async ({ herald, sender }) => {
    const { id } = await sender.send({ title: 'Build is 10 % done', key: 'build' });
    await herald.open(`/?open=${id}`);
    await expect(herald.detail.getByRole('heading', { name: 'Build is 10 % done' })).toBeVisible();
    await sender.send({ title: 'Build is 50 % done', key: 'build' });
    await sender.send({ title: 'Build is done', key: 'build' });
    await expect(herald.row('Build is done')).toBeVisible();
    await herald.detail.getByRole('link', { name: 'Open the newer version' }).click();
    await expect(herald.detail.getByRole('heading', { name: 'Build is done' })).toBeVisible();
  });
});

test.describe('a notification that can’t be shown on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  const ID = '0197c0de-0000-7000-8000-000000000000';

  test('is announced and focused: failed to load, and then there is none of this id', async ({ page, herald }) => {
    await listen(page);
    await page.route(`**/api/notifications/${ID}`, (route) => route.abort());
    await herald.open(`/?open=${ID}`);
    await expect(herald.detail.getByRole('heading', { name: 'It could not be loaded' })).toBeFocused();
    await expect.poll(() => spoken(page, 'polite')).toContainEqual(expect.stringContaining('could not be loaded'));

    await page.unroute(`**/api/notifications/${ID}`);
    await herald.detail.getByRole('button', { name: 'Try again' }).click();
    await expect(herald.detail.getByRole('heading', { name: 'There is no such notification' })).toBeFocused();
    await expect.poll(() => spoken(page, 'polite')).toContainEqual(expect.stringContaining('no such notification'));
  });
});

test('a toast that asks for confirmation closes when its notification is removed or replaced', async ({
  herald,
  sender,
}) => {
  await herald.open();
  const first = await sender.send({ title: 'Evacuate', requiresAck: true });
  await expect(herald.toast('Evacuate')).toBeVisible();
  await sender.retract(first.id);
  await expect(herald.toasts).toHaveCount(0);

  await sender.send({ title: 'Stand by', requiresAck: true, key: 'alarm' });
  await expect(herald.toast('Stand by')).toBeVisible();
  await sender.send({ title: 'All clear', requiresAck: true, key: 'alarm' });
  await expect(herald.toast('All clear')).toBeVisible();
  await expect(herald.toast('Stand by')).toHaveCount(0);
});
