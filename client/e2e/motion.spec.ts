import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

/** Running CSS animations and transitions longer than a frame. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document.getAnimations().flatMap((one) => {
      const { effect } = one;
      const isOfStyles = one instanceof CSSAnimation || one instanceof CSSTransition;
      const duration = Number(effect?.getComputedTiming().duration ?? 0);
      return isOfStyles && duration > 1 && effect instanceof KeyframeEffect
        ? [`${effect.target?.localName} for ${duration} ms`]
        : [];
    }),
  );
}

/** Records every animation and transition that starts from now on. @returns a function that lists their elements */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { moved: seen });
    for (const kind of ['animationstart', 'transitionrun'] as const) {
      document.addEventListener(
        kind,
        ({ target }) => {
          const all = (target as Element).getAnimations();
          for (const one of all)
            if (Number(one.effect?.getComputedTiming().duration) > 1 && !(one.constructor === Animation))
              seen.add((target as Element).localName);
        },
        true,
      );
    }
  });
  return () => page.evaluate(() => [...(window as unknown as { moved: Set<string> }).moved]);
}

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test(`with motion ${reducedMotion === 'reduce' ? 'reduced nothing moves' : 'as usual something moves'}, and a toast stays for five seconds`, async ({
    page,
    herald,
    sender,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await herald.open();
    const moved = await watch(page);
    await sender.send({ title: 'One', priority: 'medium' });
    const bar = herald.toast('One').locator('.bar');
    const clock = await bar.evaluate((element) =>
      element.getAnimations().map(({ playState, effect }) => [playState, effect?.getComputedTiming().duration]),
    );
    expect(clock).toEqual([['running', 5000]]);
    await expect(bar).toHaveCSS('opacity', reducedMotion === 'reduce' ? '0' : '1');
    await page.getByRole('button', { name: /^Account/ }).click();
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await herald.row('One').getByRole('button', { name: 'Archive' }).click();
    await expect(page.locator('mat-snack-bar-container')).toBeVisible();
    const all = [...(await moved()), ...(await moving(page))];
    if (reducedMotion === 'reduce') expect(all).toEqual([]);
    else expect(all).not.toEqual([]);
  });
}
