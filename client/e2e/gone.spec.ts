import { expect, type Page, type Route } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { listen, spoken } from './support/listening.ts';

test.describe('an open notification', () => {
  test('says that it was removed', async ({ herald, sender }) => {
    const { id } = await sender.send({ title: 'Wrong number' });
    await herald.open(`/?open=${id}`);
    await expect(herald.detail.getByRole('heading', { name: 'Wrong number' })).toBeVisible();
    await sender.retract(id);
    await expect(herald.detail.getByRole('heading', { name: 'This notification was removed' })).toBeVisible();
    // The lines for screen readers may still say so.
    await expect(herald.detail.getByText('Loading…')).toHaveCount(0);
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

const ID = '0197c0de-0000-7000-8000-000000000000';

/** Holds each request for the notification until the test answers it. */
async function holdAnswers(page: Page): Promise<(how: (route: Route) => Promise<void>) => Promise<void>> {
  let held = Promise.withResolvers<Route>();
  await page.route(`**/api/notifications/${ID}`, (route) => held.resolve(route));
  return async (how) => {
    const route = await held.promise;
    held = Promise.withResolvers();
    await how(route);
  };
}

/** Lines about the notification that is open. */
const linesOf = async (page: Page): Promise<string[]> =>
  (await spoken(page, 'polite')).filter((line) => /load|no such/i.test(line) && !line.includes('notifications'));

test.describe('a notification that can’t be shown on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('has each state focused, and not announced beside that', async ({ page, herald }) => {
    await listen(page);
    const answer = await holdAnswers(page);
    await herald.open(`/?open=${ID}`);
    for (let tries = 0; tries < 3; tries++) {
      await expect(herald.detail.getByText('Loading…')).toBeFocused();
      await answer((route) => route.abort());
      const failed = herald.detail.getByRole('heading', { name: 'This notification didn’t load' });
      await expect(failed).toBeFocused();
      await expect(failed).toHaveAccessibleDescription('The server can’t be reached. Try again in a moment.');
      await herald.detail.getByRole('button', { name: 'Try again' }).click();
    }
    await expect(herald.detail.getByText('Loading…')).toBeFocused();
    await answer((route) => route.continue());
    await expect(herald.detail.getByRole('heading', { name: 'There is no such notification' })).toBeFocused();
    expect(await linesOf(page)).toEqual([]);
  });

  test('leaves the focus in a dialog that is open when the notification is removed', async ({
    page,
    herald,
    sender,
  }) => {
    const { id } = await sender.send({ title: 'Wrong number' });
    await listen(page);
    await herald.open(`/?open=${id}`);
    await herald.detail.getByRole('button', { name: 'Snooze' }).click();
    await page.getByRole('menuitem', { name: 'Another time' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await sender.retract(id);
    await expect
      .poll(() => spoken(page, 'polite'))
      .toContain('This notification was removed The sender took it back, or it was too old to be kept.');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  });
});

test.describe('beside the list', () => {
  test.use({ viewport: { width: 1440, height: 800 } });

  test('a notification that can’t be shown announces each state until the focus is in it', async ({ page, herald }) => {
    await listen(page);
    const answer = await holdAnswers(page);
    await herald.open(`/?open=${ID}`);
    await expect(herald.detail.getByText('Loading…')).toBeVisible();
    await answer((route) => route.fulfill({ status: 429, json: { code: 'too_many_changes', params: { seconds: 7 } } }));
    const failed = herald.detail.getByRole('heading', { name: 'This notification didn’t load' });
    await expect(failed).toBeVisible();
    await expect(failed).not.toBeFocused();
    await expect
      .poll(() => linesOf(page))
      .toEqual(['Loading…', expect.stringMatching(/^This notification didn’t load .* 7 s\.$/)]);

    for (let tries = 0; tries < 2; tries++) {
      await herald.detail.getByRole('button', { name: 'Try again' }).click();
      await expect(herald.detail.getByText('Loading…')).toBeFocused();
      await answer((route) => route.abort());
      await expect(failed).toBeFocused();
    }
    expect(await linesOf(page)).toHaveLength(2);
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
