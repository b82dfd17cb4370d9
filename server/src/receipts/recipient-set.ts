import { NAMED_RECIPIENTS_MAX } from '../../../protocol/receipts.js';
import type { Recipients } from '../repository/receipt-repository.js';

/** Numbers people, the same person always alike. */
export type Numbering = (username: string) => number;

/** The recipients of a notification, one bit each: ten thousand take 1.25 KB. */
export class RecipientSet implements Recipients {
  readonly count: number;
  readonly usernames?: readonly string[];
  readonly #bits: Uint8Array;
  readonly #numberOf: Numbering;

  constructor(usernames: readonly string[], numberOf: Numbering) {
    const numbers = usernames.map(numberOf);
    this.count = usernames.length;
    if (usernames.length <= NAMED_RECIPIENTS_MAX) this.usernames = usernames;
    this.#bits = new Uint8Array((numbers.reduce((most, number) => Math.max(most, number), -1) >> 3) + 1);
    this.#numberOf = numberOf;
    for (const number of numbers) this.#bits[number >> 3] = (this.#bits[number >> 3] ?? 0) | (1 << (number & 7));
  }

  has(username: string): boolean {
    const number = this.#numberOf(username);
    return ((this.#bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}
