import { NAMED_RECIPIENTS_MAX } from '@herald/protocol';
import type { Recipients } from '../receipt-repository.js';
import type { Members } from './members.js';
import type { Numbers } from './numbers.js';

/** The recipients of a notification: few by their names, more by one bit for each person. Ten thousand take 1.25 KB. */
export class RecipientSet implements Recipients {
  readonly count: number;
  readonly usernames?: readonly string[];
  readonly #bits: Uint8Array | undefined;
  readonly #numbers: Numbers;

  /** @param channels members of each; a person may be in several */
  constructor(channels: readonly Members[], numbers: Numbers) {
    const bits = new Uint8Array((numbers.size >> 3) + 1);
    this.#numbers = numbers;
    for (const members of channels) members.addTo(bits);
    this.count = bits.reduce((sum, byte) => sum + onesIn(byte), 0);
    if (this.count <= NAMED_RECIPIENTS_MAX) this.usernames = numbers.namesIn(bits);
    else this.#bits = bits;
  }

  has(username: string): boolean {
    if (this.#bits === undefined) return this.usernames?.includes(username) === true;
    const number = this.#numbers.find(username);
    return number !== undefined && ((this.#bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }
}

function onesIn(byte: number): number {
  let ones = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) ones += 1;
  return ones;
}
