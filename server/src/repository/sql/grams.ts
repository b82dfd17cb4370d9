import { loopShare } from '../../timing/loop-share.js';

/** Letters of a gram. */
const LENGTH = 3;

/**
 * The grams of a folded text, each once: for every letter of a word, that letter and the two behind it, fewer at the end
 * of the word. So each part of a word with three letters is a gram, and each shorter part is the beginning of one.
 */
export function gramsOf(text: string): Set<string> {
  const grams = new Set<string>();
  for (const word of new Set(text.split(/\s+/))) {
    const letters = Array.from(word, written);
    for (let from = 0; from < letters.length; from++) grams.add(letters.slice(from, from + LENGTH).join(''));
  }
  return grams;
}

/**
 * The grams that a text needs to contain a word: whole ones, or the beginning of one for a word that is shorter. A text
 * that has them may still lack the word.
 */
export function gramsIn(word: string): { grams: string[]; isBeginning: boolean } {
  const letters = Array.from(word, written);
  if (letters.length < LENGTH) return { grams: [letters.join('')], isBeginning: true };
  const grams = letters.slice(LENGTH - 1).map((_, from) => letters.slice(from, from + LENGTH).join(''));
  return { grams: [...new Set(grams)], isBeginning: false };
}

/** A letter or digit of ASCII is itself; anything else is its code, so that no index takes it for a separator. */
function written(letter: string): string {
  return /^[a-z0-9]$/.test(letter) ? letter : `_${(letter.codePointAt(0) ?? 0).toString(16)}_`;
}

/** A gram that no text has: it tells which audience a notification is in. */
export const audienceGram = (audience: number): string => `__${audience}`;

/** A notification whose text is to be searched. */
interface Searched {
  readonly no: number;
  readonly audience: number;
  /** Folded text. */
  readonly search: string;
}

/** Rows for the index of searches. Texts may be long, so this takes its share of each turn of the event loop. */
export async function gramRowsOf(texts: readonly Searched[]): Promise<{ no: number; grams: string }[]> {
  const rows: { no: number; grams: string }[] = [];
  for (const { no, audience, search } of texts) {
    rows.push({ no, grams: [audienceGram(audience), ...gramsOf(search)].join(' ') });
    await loopShare.pause();
  }
  return rows;
}
