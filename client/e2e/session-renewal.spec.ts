import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test.describe('with a token that lives for a minute', () => {
  test.use({ serverEnv: { TOKEN_TTL_SECONDS: '60' } });

  test('the page renews its session on the same connection', async ({ page }) => {
    const events: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => events.push(JSON.parse(payload.toString()).event));
    });
    await page.clock.install();
    await page.goto('/compose');
    await expect.poll(() => events).toContain('welcome');
    await page.clock.fastForward(55_000);
    // A round trip can take longer than the default five seconds on a busy machine.
    await expect.poll(() => events, { timeout: 20_000 }).toContain('authenticated');
    await page.clock.fastForward(10_000);
    await expect(page.getByText('Your session has expired')).toHaveCount(0);
    await expect(page).toHaveURL('/compose');
    expect(events.filter((event) => event === 'welcome')).toHaveLength(1);
  });
});
