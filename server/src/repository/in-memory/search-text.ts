import type { Notification } from '../../../../protocol/notification.js';

/** A signature has a bit for each three letters that a text holds: a word that is not in it nearly always shows. */
const SIGNATURE_BITS = 1024;
const SIGNATURE_WORDS = SIGNATURE_BITS / 32;
/** Signatures that share one piece of memory, since an array of its own costs more than what is in it. */
const CHUNK = 256;
/** Knuth's multiplier for hashing (The Art of Computer Programming, volume 3, section 6.4). */
const GOLDEN = 0x9e3779b1;

/** What is sought, in lower case, and its bits in a signature. */
export interface SearchWord {
  readonly text: string;
  readonly bits: readonly number[];
}

/**
 * What of a notification is searched, in lower case, with a signature file's entry ahead of it (Faloutsos, "Access
 * methods for text", 1985): most texts without the word are passed over by a few bits.
 */
export class SearchText {
  static #chunk = new Uint32Array(0);
  static #free = 0;

  readonly #text: string;
  readonly #signatures: Uint32Array;
  readonly #at: number;

  constructor({ title, message, category, sender }: Notification) {
    if (SearchText.#free === 0) {
      SearchText.#chunk = new Uint32Array(SIGNATURE_WORDS * CHUNK);
      SearchText.#free = CHUNK;
    }
    SearchText.#free -= 1;
    this.#text = [title, message, category, sender].join('\n').toLowerCase();
    this.#signatures = SearchText.#chunk;
    this.#at = SearchText.#free * SIGNATURE_WORDS;
    for (const bit of bitsOf(this.#text)) {
      const word = this.#at + (bit >>> 5);
      this.#signatures[word] = (this.#signatures[word] ?? 0) | (1 << (bit & 31));
    }
  }

  has({ text, bits }: SearchWord): boolean {
    for (const bit of bits) {
      if (((this.#signatures[this.#at + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return this.#text.includes(text);
  }
}

/** The words of a query; each must occur. */
export function searchWords(query: string): SearchWord[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.map((text) => ({ text, bits: [...new Set(bitsOf(text))] }));
}

function bitsOf(text: string): number[] {
  const bits: number[] = [];
  for (let i = 2; i < text.length; i++) {
    const letters = (text.charCodeAt(i - 2) * 31 + text.charCodeAt(i - 1)) * 31 + text.charCodeAt(i);
    bits.push(Math.imul(letters, GOLDEN) >>> 22);
  }
  return bits;
}
