import { registerLocaleData } from '@angular/common';
import { loadTranslations } from '@angular/localize';

/** Applies to texts, dates and numbers requested from now on; nothing may have requested any before. */
export function loadTexts(language: string, texts: Record<string, string>, formats: unknown): void {
  loadTranslations(texts);
  registerLocaleData(formats, language);
  // Angular's LOCALE_ID follows `$localize.locale`.
  $localize.locale = language;
}
