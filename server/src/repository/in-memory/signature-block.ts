/** Bits of a signature: one for each pair and triple of letters. Texts may share bits, so a match is only possible. */
const BITS = 1024;
/** Texts in a block. */
const ROWS = 1024;
const WORDS = ROWS / 32;
/** Knuth's multiplier for hashing (The Art of Computer Programming, volume 3, section 6.4). */
const GOLDEN = 0x9e3779b1;
/**
 * A constant, since it is called for each letter: looking up a global takes ten times as long as the hash in Jest's
 * context.
 */
const { imul } = Math;

/**
 * A bit-sliced signature file (Faloutsos, "Access methods for text", 1985): for each bit, the set of texts that have
 * it. The texts that may contain a word are the AND of a few short rows of memory, so most texts are never read.
 */
export class SignatureBlock {
  readonly #slices = new Uint32Array(BITS * WORDS);
  #rows = 0;

  get isFull(): boolean {
    return this.#rows === ROWS;
  }

  /**
   * @param freed a row to reuse; undefined: the next one
   * @returns the row of the text
   */
  add(text: string, freed?: number): number {
    const row = freed ?? this.#rows;
    if (freed === undefined) this.#rows += 1;
    else this.#clear(row);
    for (let end = 2; end <= text.length; end++) {
      this.#set(pairBit(text, end), row);
      if (end > 2) this.#set(tripleBit(text, end), row);
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

  /** Writes each bit of the row, so this is done on reuse: a removal takes microseconds. */
  #clear(row: number): void {
    const keep = ~(1 << (row & 31));
    for (let at = row >>> 5; at < this.#slices.length; at += WORDS) this.#slices[at] = (this.#slices[at] ?? 0) & keep;
  }

  #set(bit: number, row: number): void {
    const at = bit * WORDS + (row >>> 5);
    this.#slices[at] = (this.#slices[at] ?? 0) | (1 << (row & 31));
  }
}

/** The bits of a word; none for a single letter. */
export function bitsOf(word: string): number[] {
  const bits: number[] = [];
  for (let end = 2; end <= word.length; end++) {
    bits.push(pairBit(word, end));
    if (end > 2) bits.push(tripleBit(word, end));
  }
  return bits;
}

function pairBit(text: string, end: number): number {
  return hash(text.charCodeAt(end - 2) * 31 + text.charCodeAt(end - 1));
}

function tripleBit(text: string, end: number): number {
  return hash((text.charCodeAt(end - 3) * 31 + text.charCodeAt(end - 2)) * 31 + text.charCodeAt(end - 1));
}

function hash(letters: number): number {
  return imul(letters, GOLDEN) >>> 22;
}
