import { expect, type Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';

/** Presses a key that Playwright's keyboard lacks. */
async function press(
  page: Page,
  key: string,
  more: { code?: string; isComposing?: boolean; keyCode?: number } = {},
): Promise<void> {
  await page.evaluate(
    ([key, more]) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
      (document.activeElement ?? document.body).dispatchEvent(event);
    },
    [key, more] as const,
  );
}

test.beforeEach(async ({ sender }) => {
  for (const title of ['One', 'Two', 'Three']) await sender.send({ title, priority: 'low' });
});

test('single-key shortcuts can be turned off, in this browser until the person signs out', async ({ page, herald }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  // A switch whose colour still changes has too little contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await herald.open('/settings');
  const choice = page.getByRole('switch', { name: 'Single-key shortcuts in the inbox' });
  await expect(choice).toBeChecked();
  await choice.focus();
  await page.keyboard.press('Space');
  await expect(choice).not.toBeChecked();
  await expect(choice).toHaveAccessibleDescription(/^Turn them off if you type by voice/);
  expect(await axeViolations(page)).toEqual([]);

  await herald.open();
  await herald.has(3);
  await expect(page.getByText('for keyboard shortcuts')).toHaveCount(0);
  const archive = herald.row('Three').getByRole('button', { name: 'Archive: Three' });
  await expect(archive).toHaveAttribute('title', 'Archive');
  await herald.row('Three').getByRole('link').focus();
  for (const key of ['e', 'u', 'x', 's', '?', '/', 'j']) await page.keyboard.press(key);
  await expect(herald.row('Three').getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(herald.detail).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(herald.detail).toHaveCount(0);
  expect(await herald.titles()).toEqual(['Three', 'Two', 'One']);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await herald.signOut();
  await herald.signIn();
  await herald.has(3);
  await expect(archive).toHaveAttribute('title', 'Archive (e)');
  await herald.row('Three').getByRole('link').focus();
  await page.keyboard.press('j');
  await expect(herald.row('Two').getByRole('link')).toBeFocused();
});

test('shortcuts work with Caps Lock and on a Cyrillic layout, and leave an input method alone', async ({
  page,
  herald,
}) => {
  await herald.open();
  await herald.has(3);
  await herald.row('Three').getByRole('link').focus();
  await press(page, 'j', { code: 'KeyJ', isComposing: true });
  await press(page, 'e', { code: 'KeyE', keyCode: 229 });
  await press(page, 'J', { code: 'KeyJ' });
  await expect(herald.row('Two').getByRole('link')).toBeFocused();
  await press(page, 'о', { code: 'KeyJ' });
  await expect(herald.row('One').getByRole('link')).toBeFocused();
  await herald.has(3);
  await press(page, 'у', { code: 'KeyE' });
  await herald.has(2);
});

test('a held key archives one notification, and a held j goes on', async ({ page, herald }) => {
  await herald.open();
  await herald.has(3);
  await herald.row('Three').getByRole('link').focus();
  // A second "down" without an "up" is a repetition.
  for (let i = 0; i < 4; i++) await page.keyboard.down('e');
  await page.keyboard.up('e');
  await herald.has(2);
  await expect(herald.row('Two').getByRole('link')).toBeFocused();
  await page.keyboard.down('k');
  await page.keyboard.up('k');
  for (let i = 0; i < 2; i++) await page.keyboard.down('j');
  await page.keyboard.up('j');
  await expect(herald.row('One').getByRole('link')).toBeFocused();
  expect(await herald.titles()).toEqual(['Two', 'One']);
});
