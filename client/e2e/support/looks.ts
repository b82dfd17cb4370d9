import { expect, type Page, test } from '@playwright/test';
import { axeViolations } from './axe.ts';

const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  // Ends wide, so that no toast covers the next control that a test clicks.
  { colorScheme: 'dark', width: 1440 },
] as const;

/** Material appends menus to the body, outside the landmarks. Axe's rule is a best practice, not WCAG. */
export const WITH_MENU = ['region'];

/** Rules that depend on colours and sizes; the results of others are the same in every look. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** Waits for the transition of colours to the other scheme, which moves from parent to child frame by frame. */
export async function colorsSettle(): Promise<void> {
  for (let stillFrames = 0; stillFrames < 3;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    // Transitions of collapsed elements never progress.
    const isChanging = (one: Animation): boolean =>
      one instanceof CSSTransition &&
      one.effect instanceof KeyframeEffect &&
      one.effect.target?.checkVisibility() === true;
    stillFrames = document.getAnimations().some(isChanging) ? 0 : stillFrames + 1;
  }
}

/** Checks the page light and dark, narrow and wide. */
export async function expectNoFault(page: Page, where: string, except: string[] = []): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    const isFirst = width === LOOKS[0].width && colorScheme === LOOKS[0].colorScheme;
    await test.step(`${where}, ${colorScheme} at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(colorsSettle);
      expect(await axeViolations(page, isFirst ? { except } : { only: RULES_OF_LOOKS })).toEqual([]);
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(excess, 'scrolls sideways').toBe(0);
    });
  }
}
