import { expect, type Locator } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';

test.use({ viewport: { width: 1440, height: 900 } });

/** Colour that fills an element or one of its pseudo-elements. */
function fill(element: Locator, pseudo = ''): Promise<string> {
  return element.evaluate((one, part) => getComputedStyle(one, part || null).backgroundColor, pseudo);
}

test('with forced colours, unread, open, current place, pressed and Live are drawn', async ({
  page,
  herald,
  sender,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await sender.send({ title: 'One' });
  await sender.send({ title: 'Two' });
  await herald.open();
  const paper = await fill(page.locator('body'));
  const row = page.locator('app-notification-row').filter({ hasText: 'Two' });
  expect(await fill(row.locator('.row'), '::before')).not.toBe(paper);
  expect(await fill(page.locator('app-connection-line .dot'))).not.toBe(paper);
  const pressed = page.getByRole('button', { name: 'Unread', exact: true });
  expect(await fill(pressed)).toBe(paper);
  await pressed.click();
  await expect(pressed).toHaveAttribute('aria-pressed', 'true');
  expect(await fill(pressed)).not.toBe(paper);
  await herald.row('Two').getByRole('link').click();
  await expect(herald.detail).toBeVisible();
  const here = page.getByRole('navigation').getByRole('link', { name: /^Inbox/ });
  for (const one of [row.locator('.row'), here]) await expect(one).toHaveCSS('outline-style', 'solid');
  expect(await axeViolations(page)).toEqual([]);
});
