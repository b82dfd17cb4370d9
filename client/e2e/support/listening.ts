import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Lines added to a live region, in order. */
    spoken: { politeness: string; text: string }[];
  }
}

/** Records text added to live regions, as a screen reader would announce it. Call before the page opens. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.spoken = [];
    const implied: Record<string, string> = { alert: 'assertive', status: 'polite', log: 'polite' };
    const politenessOf = (node: Node): string => {
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
        const politeness = politenessOf(target);
        if (text !== '' && politeness !== 'off') window.spoken.push({ politeness, text });
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** Lines announced so far, in order. */
export const spoken = (page: Page, politeness: 'polite' | 'assertive'): Promise<string[]> =>
  page.evaluate(
    (wanted) => window.spoken.filter((line) => line.politeness === wanted).map(({ text }) => text),
    politeness,
  );
