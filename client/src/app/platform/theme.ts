import { browserName } from './browser-name';
import { forget, readStored, store } from './browser-storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

declare global {
  /** Function of `theme.js`, which applies the stored theme. Undefined if that script did not load. */
  var applyHeraldTheme: (() => void) | undefined;
}

const KEY = browserName('theme');

/** Colours chosen in this browser. They belong to the browser, since the page needs them before anyone signs in. */
export function readTheme(): Theme {
  const chosen = readStored(KEY);
  return THEMES.find((theme) => theme === chosen) ?? 'system';
}

/** Stores the choice and applies it to this page; others of this browser follow. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') forget(KEY);
  else store(KEY, theme);
  globalThis.applyHeraldTheme?.();
}
