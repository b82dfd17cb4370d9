import { expect, type Page } from '@playwright/test';

/** Texts that reach beyond the box that holds or clips them. */
export function cut(): string[] {
  const boxes = document.querySelectorAll<HTMLElement>(
    'app-notification-row .row, button, a[href], dd, label, h1, h2, h3, h4, .mat-mdc-chip, .mat-mdc-select-value, app-face, .badge, .facts, .sum',
  );
  const isShortened = (text: Node, how: 'textOverflow' | 'webkitLineClamp'): boolean => {
    for (let one = text.parentElement; one !== null; one = one.parentElement)
      if (!['clip', 'none'].includes(getComputedStyle(one)[how])) return true;
    return false;
  };
  return [...boxes].flatMap((box) => {
    const { width, height, top, bottom, left, right } = box.getBoundingClientRect();
    const isHidden = width <= 1 || height <= 1 || box.closest('.visually-hidden, .skip, [aria-hidden=true]') !== null;
    if (isHidden || !box.checkVisibility()) return [];
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      if (text.textContent?.trim() === '' || text.parentElement?.closest('.visually-hidden, .words')) continue;
      // Shown to screen readers only.
      if (text.parentElement !== null && getComputedStyle(text.parentElement).clipPath !== 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const words = range.getBoundingClientRect();
      // The line's spacing may stand out, the letters may not.
      const spare = words.height * 0.2 + 1;
      const isOut = words.top < top - spare || words.bottom > bottom + spare;
      const isBeside = words.left < left - 2 || words.right > right + 2;
      // An ellipsis tells that there is more.
      if (isOut ? !isShortened(text, 'webkitLineClamp') : isBeside && !isShortened(text, 'textOverflow'))
        return [`${box.tagName}.${box.className}: ${text.textContent?.trim()}`];
    }
    return [];
  });
}

const PLACES = ['/', '/compose', '/sent', '/apps', '/people', '/settings'];

export async function everywhere(page: Page, check: (place: string) => Promise<void>): Promise<void> {
  for (const place of PLACES) {
    await page.goto(place);
    await expect(page.locator('main h1')).toBeVisible();
    await expect(page.locator('main li, main app-notification-row, main input').first()).toBeVisible();
    await check(place);
  }
}
