import { expect } from '@playwright/test';
import { cut, everywhere } from './support/cut-texts.ts';
import { test } from './support/fixtures.ts';
import { addPerson, call, signIn } from './support/people.ts';

test('with the text spacing of WCAG 1.4.12, no text of a row, button or chip is cut off', async ({
  page,
  server,
  sender,
}) => {
  await addPerson(server, 'ada', ['ops', 'oncall']);
  await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
  await sender.send({ title: 'Deploy', requiresAck: true, actions: [{ label: 'Approve', event: 'yes' }] });
  await page.addInitScript(() => {
    const style = document.createElement('style');
    style.textContent = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`;
    document.addEventListener('DOMContentLoaded', () => document.head.append(style));
  });
  await everywhere(page, async (place) => expect(await page.evaluate(cut), place).toEqual([]));
});

test('at 400 %, most of the height is the content’s', async ({ page, herald }) => {
  // 1280 × 1024 px at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  await herald.open();
  const { height } = (await page.locator('main').boundingBox())!;
  expect(height / 256).toBeGreaterThan(0.6);
});
