import type { Page } from '@playwright/test';

export interface ToastTimes {
  /** Instants of first paint and removal from the page, in milliseconds since 1970. */
  shownAt: number;
  goneAt?: number;
}

declare global {
  interface Window {
    toastTimes: Record<string, ToastTimes>;
  }
}

/** Records in the page when each toast, by title, appears and disappears. Call before the page opens. */
export async function watchToasts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.toastTimes = {};
    const present = new Map<Node, string>();
    const now = (): number => performance.timeOrigin + performance.now();
    const shown = (toast: HTMLElement): void => {
      // By the next frame the toast has been painted.
      requestAnimationFrame(() => {
        const title = toast.querySelector('.title')?.textContent ?? '';
        present.set(toast, title);
        window.toastTimes[title] = { shownAt: now() };
      });
    };
    new MutationObserver((changes) => {
      for (const { addedNodes, removedNodes } of changes) {
        for (const node of addedNodes) if (node instanceof HTMLElement && node.localName === 'app-toast') shown(node);
        for (const node of removedNodes) {
          const times = window.toastTimes[present.get(node) ?? ''];
          if (times !== undefined) times.goneAt = now();
        }
      }
    }).observe(document, { childList: true, subtree: true });
  });
}

export function toastTimes(page: Page, title: string): Promise<ToastTimes | undefined> {
  return page.evaluate((wanted) => window.toastTimes[wanted], title);
}
