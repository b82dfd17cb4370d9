/** One bit for each three letters that a text holds. Two bits may fall together: then the text itself must be looked at. */
const BITS = 1024;
/** Texts in a block; it is freed when none of them is needed any more. */
const ROWS = 1024;
const WORDS = ROWS / 32;
/** Knuth's multiplier for hashing (The Art of Computer Programming, volume 3, section 6.4). */
const GOLDEN = 0x9e3779b1;

/**
 * A bit-sliced signature file (Faloutsos, "Access methods for text", 1985): for each bit, which of the texts have it. So
 * which texts may hold a word is the AND of a few short rows of memory, and most are passed over without a look.
 */
export class SignatureBlock {
  readonly #slices = new Uint32Array(BITS * WORDS);
  #rows = 0;

  get isFull(): boolean {
    return this.#rows === ROWS;
  }

  /** @returns the row of the text */
  add(text: string): number {
    const row = this.#rows;
    this.#rows += 1;
    for (let end = 3; end <= text.length; end++) {
      const at = bitAt(text, end) * WORDS + (row >>> 5);
      this.#slices[at] = (this.#slices[at] ?? 0) | (1 << (row & 31));
    }
    return row;
  }

  /** The rows that have all of these bits, one bit a row. */
  candidates(bits: readonly number[]): Uint32Array<ArrayBuffer> {
    const candidates = new Uint32Array(WORDS).fill(0xffffffff);
    for (const bit of bits) {
      for (let i = 0; i < WORDS; i++) candidates[i] = (candidates[i] ?? 0) & (this.#slices[bit * WORDS + i] ?? 0);
    }
    return candidates;
  }
}

/** The bits of a word; none for one of less than three letters. */
export function bitsOf(word: string): number[] {
  return Array.from({ length: Math.max(0, word.length - 2) }, (_, i) => bitAt(word, i + 3));
}

/** Of the three letters that end before `end`. */
function bitAt(text: string, end: number): number {
  const letters = (text.charCodeAt(end - 3) * 31 + text.charCodeAt(end - 2)) * 31 + text.charCodeAt(end - 1);
  return Math.imul(letters, GOLDEN) >>> 22;
}
