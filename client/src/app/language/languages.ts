/** What a language needs at run time besides its texts: how it writes dates and numbers, and counts. */
type Loaded = Promise<[{ default: { translations: Record<string, string> } }, { default: unknown }]>;

export interface Language {
  /** In itself, so that whoever reads nothing else finds it. */
  name: string;
  /** Null for the language of the sources, which is there already. */
  load: (() => Loaded) | null;
}

/** What the page speaks. Another one takes a line here, its texts beside those of the first in client/src/locale, and a manifest. */
export const LANGUAGES: Record<string, Language> = {
  en: { name: 'English', load: null },
  de: {
    name: 'Deutsch',
    load: () => Promise.all([import('../../locale/de.json'), import('@angular/common/locales/de')]),
  },
};

export const SOURCE = 'en';
