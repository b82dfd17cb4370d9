import { type Language, LANGUAGES, SOURCE } from './languages';
import { languageFor, readChoice } from './stored-language';

/**
 * Sets the page's language; await it before the application starts. Texts load at run time, so that one build with one
 * service worker serves all languages and a link works for every reader. The language of the sources needs no request.
 */
export async function startLanguage(): Promise<void> {
  const wanted = languageFor(readChoice(), navigator.languages);
  const language = (await isLoaded(wanted, LANGUAGES[wanted])) ? wanted : SOURCE;
  document.documentElement.lang = language;
  if (language !== SOURCE) offerIn(language);
}

/** Sets the name of the installed app and its shortcuts. */
function offerIn(language: string): void {
  document.querySelector('link[rel=manifest]')?.setAttribute('href', `manifest.${language}.webmanifest`);
}

/** @returns false when the texts fail to load: a page in another language is better than none */
async function isLoaded(id: string, language: Language | undefined): Promise<boolean> {
  if (!language?.load) return true;
  try {
    const [[texts, formats], { loadTexts }] = await Promise.all([language.load(), import('./load-texts')]);
    loadTexts(id, texts.default.translations, formats.default);
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}
