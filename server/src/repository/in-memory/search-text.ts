import { type Notification, searchedText, wordsOf } from '@herald/protocol';
import { bitsOf, SignatureBlock } from './signature-block.js';

/** The searched text of a notification, folded. */
export class SearchText {
  static #latest = new SignatureBlock();
  /** Rows of removed texts, which are reused: otherwise one remaining text would keep a whole block. */
  static readonly #freed: { block: SignatureBlock; row: number }[] = [];
  /** Texts prepared so far. */
  static count = 0;

  readonly #text: string;
  readonly #block: SignatureBlock;
  readonly #row: number;
  readonly #number = ++SearchText.count;

  constructor(notification: Notification) {
    this.#text = searchedText(notification);
    const freed = SearchText.#freed.pop();
    if (freed === undefined && SearchText.#latest.isFull) SearchText.#latest = new SignatureBlock();
    this.#block = freed?.block ?? SearchText.#latest;
    this.#row = this.#block.add(this.#text, freed?.row);
  }

  /** Removes the text from searches. */
  release(): void {
    SearchText.#freed.push({ block: this.#block, row: this.#row });
  }

  /** False only if the text lacks a word. Decided without reading the text. */
  mayHave(search: Search): boolean {
    // A search may have read the row before it held this younger text.
    return this.#number > search.began || search.mayBeIn(this.#block, this.#row);
  }

  has({ words }: Search): boolean {
    return words.every((word) => this.#text.includes(word));
  }
}

/** Words, each of which must occur; folded. */
export class Search {
  readonly words: readonly string[];
  readonly #bits: readonly number[];
  /** Number of texts that were prepared when the search began. */
  readonly began = SearchText.count;
  /** Candidates by block, as of the search's first look at the block. */
  readonly #known = new Map<SignatureBlock, Uint32Array>();
  #block: SignatureBlock | undefined;
  #candidates: Uint32Array = new Uint32Array(0);

  constructor(query: string) {
    this.words = wordsOf(query);
    this.#bits = [...new Set(this.words.flatMap(bitsOf))];
  }

  /** False if the text of that row lacks a word; true if the text itself has to be read to know. */
  mayBeIn(block: SignatureBlock, row: number): boolean {
    // Neighbours in a list are nearly always of one block.
    if (block !== this.#block) {
      this.#block = block;
      this.#candidates = this.#known.get(block) ?? block.candidates(this.#bits);
      this.#known.set(block, this.#candidates);
    }
    return ((this.#candidates[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
  }
}
