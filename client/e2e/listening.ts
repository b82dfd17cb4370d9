import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Every line that was added to a live region, in its order. */
    spoken: { manner: string; text: string }[];
  }
}

/** Notes what a screen reader would be told: text that comes into a live region. Call it before the page is opened. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.spoken = [];
    const implied: Record<string, string> = { alert: 'assertive', status: 'polite', log: 'polite' };
    const mannerOf = (node: Node): string => {
      const region = (node instanceof Element ? node : node.parentElement)?.closest(
        '[aria-live], [role=alert], [role=status], [role=log]',
      );
      return region?.getAttribute('aria-live') ?? implied[region?.getAttribute('role') ?? ''] ?? 'off';
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const text = [...addedNodes]
          .map((node) => node.textContent?.trim() ?? '')
          .join(' ')
          .trim();
        const manner = mannerOf(target);
        if (text !== '' && manner !== 'off') window.spoken.push({ manner, text });
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** What was said so far, in its order. */
export const spoken = (page: Page, manner: 'polite' | 'assertive'): Promise<string[]> =>
  page.evaluate((wanted) => window.spoken.filter((line) => line.manner === wanted).map(({ text }) => text), manner);
