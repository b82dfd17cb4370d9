import { languageFor, readChoice } from './language-choice';
import { type Language, LANGUAGES, SOURCE } from './languages';

/**
 * Makes the page speak the person's language; to be awaited before the application starts. The texts are loaded at run
 * time: so there is one build with one service worker, and a link is good for whoever opens it. The language of the
 * sources needs no request.
 */
export async function startLanguage(): Promise<void> {
  const wanted = languageFor(readChoice(), navigator.languages);
  const language = (await isLoaded(wanted, LANGUAGES[wanted])) ? wanted : SOURCE;
  document.documentElement.lang = language;
  if (language !== SOURCE) offerIn(language);
}

/** What the browser calls the app, and its shortcuts, once it is installed. */
function offerIn(language: string): void {
  document.querySelector('link[rel=manifest]')?.setAttribute('href', `manifest.${language}.webmanifest`);
}

/** @returns false when the texts can't be had: the page in another language is better than none */
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
