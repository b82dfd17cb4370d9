import { expect } from '@playwright/test';
import { findChromium } from './support/chromium.ts';
import { test } from './support/fixtures.ts';
import { cut, everywhere } from './support/cut-texts.ts';
import { addPerson, call, signIn } from './support/people.ts';

// As if 32 px were the default size of the browser.
test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--blink-settings=defaultFontSize=32'],
  },
});

for (const width of [360, 1440]) {
  test(`with fonts of 200 %, no text of a row, button or chip is cut off at ${width} px`, async ({
    page,
    server,
    sender,
  }) => {
    await addPerson(server, 'ada', ['ops', 'oncall']);
    await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
    await call(server, 'PUT', 'auth/me/topics/builds', await signIn(server));
    await sender.send({ title: 'Deploy', requiresAck: true, actions: [{ label: 'Approve', event: 'yes' }] });
    await page.setViewportSize({ width, height: 900 });
    await everywhere(page, async (place) => {
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
      expect(await page.evaluate(cut), place).toEqual([]);
    });
  });
}

test('on a phone on its side, most of the height is the content’s', async ({ page, herald }) => {
  // In rem, as a phone of 740 × 360 px.
  await page.setViewportSize({ width: 1480, height: 720 });
  await herald.open();
  const { height } = (await page.locator('main').boundingBox())!;
  expect(height / 720).toBeGreaterThan(0.6);
});
