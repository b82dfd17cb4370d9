import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Frequencies of the notes played. */
    played: number[];
    desktop: { title: string; tag: string; onclick: (() => void) | null }[];
  }
}

/** Records played notes. Call before the page opens. */
export async function recordSounds(where: Page | BrowserContext): Promise<void> {
  await where.addInitScript(() => {
    window.played = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when) {
      window.played.push(Math.round(this.frequency.value));
      start.call(this, when);
    };
  });
}

/** Records desktop notifications as if permission were granted. Call before the page opens. */
export async function recordDesktop(where: Page | BrowserContext): Promise<void> {
  await where.addInitScript(() => {
    window.desktop = [];
    class Shown {
      static permission = 'granted';
      onclick: (() => void) | null = null;
      tag: string;
      title: string;
      constructor(title: string, options: { tag: string }) {
        this.title = title;
        this.tag = options.tag;
        window.desktop.push(this);
      }
      close(): void {}
    }
    Object.defineProperty(window, 'Notification', { value: Shown });
  });
}

/** Playwright reports every page as visible; this simulates a tab behind another. */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}
