import { browserName } from '#app/platform/browser-name';
import { forget, readStored, store } from '#app/platform/browser-storage';
import { LANGUAGES, SOURCE } from './languages';

const KEY = browserName('language');

/**
 * Language chosen in this browser; empty for the browser's own. It belongs to the browser, since the page needs it
 * before anyone signs in.
 */
export function readChoice(): string {
  const chosen = readStored(KEY) ?? '';
  return Object.hasOwn(LANGUAGES, chosen) ? chosen : '';
}

/** @param language empty for the browser's own */
export function storeChoice(language: string): void {
  if (language === '') forget(KEY);
  else store(KEY, language);
}

/** The first of the person's languages that the page supports. @param wanted such as `de-AT`, most preferred first */
export function languageFor(choice: string, wanted: readonly string[]): string {
  const known = [choice, ...wanted.map((one) => one.toLowerCase().split('-')[0] ?? '')];
  return known.find((one) => Object.hasOwn(LANGUAGES, one)) ?? SOURCE;
}
