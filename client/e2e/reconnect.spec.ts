import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

for (const ending of ['kill', 'stop'] as const) {
  const how = ending === 'kill' ? 'killed' : 'asked to stop';
  test(`a page whose server is ${how} and started again is live again without a reload`, async ({
    page,
    herald,
    server,
    sender,
  }) => {
    await herald.open();
    await page.evaluate(() => (document.body.dataset['witness'] = 'not reloaded'));
    await sender.send({ title: 'Before' });
    await expect(herald.row('Before')).toBeVisible();

    await server[ending]();
    await expect(herald.status).toHaveText('Offline. Trying again soon');
    await expect(page.getByText(/Retrying in \d+ s/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Retry now' })).toBeVisible();

    await server.start();
    await sender.send({ title: 'While away' });
    await herald.isLive();
    await sender.send({ title: 'After' });

    await expect(herald.row('After')).toHaveCount(1);
    await expect(herald.row('While away')).toHaveCount(1);
    await expect(page.locator('body')).toHaveAttribute('data-witness', 'not reloaded');
  });
}

test('“Retry now” connects at once, without waiting for the backoff', async ({ page, herald, server }) => {
  // Forces the longest delay of the backoff.
  await page.addInitScript(() => (Math.random = () => 0.999));
  await herald.open();
  await server.kill();
  await expect(page.getByText(/Retrying in [5-9] s/)).toBeVisible({ timeout: 15_000 });

  await server.start();
  await page.getByRole('button', { name: 'Retry now' }).click();
  await expect(herald.status).toHaveText('Live', { timeout: 2000 });
});

test('a browser that comes back online connects at once', async ({ page, context, herald, server }) => {
  await page.addInitScript(() => (Math.random = () => 0.999));
  await herald.open();
  await context.setOffline(true);
  await server.kill();
  await expect(page.getByText(/Retrying in [5-9] s/)).toBeVisible({ timeout: 15_000 });

  await server.start();
  await context.setOffline(false);
  await expect(herald.status).toHaveText('Live', { timeout: 2000 });
});

test('after a wake-up on a dead line, “Live” is gone within 5 seconds', async ({ page, herald, network }) => {
  await page.clock.install();
  await herald.open(network.pageUrl);
  // From here on, time passes only by `runFor`.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
  network.freeze();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.clock.runFor(3500);
  await expect(herald.status).toHaveText('Live');
  await page.clock.runFor(1000);
  await expect(herald.status).not.toHaveText('Live');
});
