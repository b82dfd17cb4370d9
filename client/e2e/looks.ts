import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  // The last is wide again, so that what is clicked next is not under a toast.
  { colorScheme: 'dark', width: 1440 },
] as const;

/** Material puts menus at the end of the body, outside of the landmarks. That is advice of axe's, not of WCAG. */
export const WITH_MENU = ['region'];

/** What depends on colours and sizes; the rest is the same however the page looks. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** Colours change over to the other scheme from parent to child, frame by frame; those between the two are nobody's. */
export async function colorsSettle(): Promise<void> {
  for (let stillFrames = 0; stillFrames < 3;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    // What is folded away is not drawn, and does not go on.
    const isChanging = (one: Animation): boolean =>
      one instanceof CSSTransition &&
      one.effect instanceof KeyframeEffect &&
      one.effect.target?.checkVisibility() === true;
    stillFrames = document.getAnimations().some(isChanging) ? 0 : stillFrames + 1;
  }
}

/** Looks at the page as it is now, light and dark, narrow and wide. */
export async function expectNoFault(page: Page, where: string, except: string[] = []): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    const isFirst = width === LOOKS[0].width && colorScheme === LOOKS[0].colorScheme;
    await test.step(`${where}, ${colorScheme} at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(colorsSettle);
      // There are no frames, for which axe would open a page of its own each time.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      const { violations } = await (isFirst ? axe.disableRules(except) : axe.withRules(RULES_OF_LOOKS)).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(excess, 'scrolls sideways').toBe(0);
    });
  }
}
