/** Texts of a language and its run-time data: formats of dates and numbers, and plural rules. */
type Loaded = Promise<[{ default: { translations: Record<string, string> } }, { default: unknown }]>;

export interface Language {
  /** In the language itself, so that its readers find it. */
  name: string;
  /** Null for the language of the sources, which is built in. */
  load: (() => Loaded) | null;
}

/** Supported languages. A new one needs a line here, its texts in client/src/locale, and a manifest. */
export const LANGUAGES: Record<string, Language> = {
  en: { name: 'English', load: null },
  de: {
    name: 'Deutsch',
    load: () => Promise.all([import('../../locale/de.json'), import('@angular/common/locales/de')]),
  },
};

export const SOURCE = 'en';
