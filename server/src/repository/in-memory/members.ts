/** More members than this are also kept as bits, so that the union of two channels does not visit each of them. */
const FEW = 64;

/** The people in one channel, by their numbers. */
export class Members {
  readonly #numbers = new Set<number>();
  #bits: Uint8Array | undefined;

  get isEmpty(): boolean {
    return this.#numbers.size === 0;
  }

  add(number: number): void {
    this.#numbers.add(number);
    this.#bits = undefined;
  }

  delete(number: number): void {
    this.#numbers.delete(number);
    this.#bits = undefined;
  }

  /** Sets the bit of each member. @param bits long enough for all numbers */
  addTo(bits: Uint8Array): void {
    if (this.#numbers.size <= FEW) {
      setBits(this.#numbers, bits);
      return;
    }
    this.#bits ??= setBits(this.#numbers, new Uint8Array(bits.length));
    for (let n = 0; n < this.#bits.length; n++) bits[n] = (bits[n] ?? 0) | (this.#bits[n] ?? 0);
  }
}

function setBits(numbers: ReadonlySet<number>, bits: Uint8Array): Uint8Array {
  for (const number of numbers) bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  return bits;
}
