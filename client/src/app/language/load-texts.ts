import { registerLocaleData } from '@angular/common';
import { loadTranslations } from '@angular/localize';

/** For whatever asks for a text, a date or a number from now on: nothing may have asked before. */
export function loadTexts(language: string, texts: Record<string, string>, formats: unknown): void {
  loadTranslations(texts);
  registerLocaleData(formats, language);
  // Angular's LOCALE_ID follows this.
  $localize.locale = language;
}
