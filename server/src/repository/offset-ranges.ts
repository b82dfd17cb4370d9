/** A set of offsets, kept as ranges: consecutive offsets form one range. */
export class OffsetRanges {
  /** First and last offset of each range, ascending. Ranges do not touch. */
  readonly #ends: number[] = [];

  get count(): number {
    return this.#ends.length / 2;
  }

  /** First and last offset of each range, ascending. */
  *[Symbol.iterator](): Generator<readonly [first: number, last: number]> {
    for (let at = 0; at < this.#ends.length; at += 2) yield [this.#ends[at] ?? 0, this.#ends[at + 1] ?? 0];
  }

  has(offset: number): boolean {
    const at = this.#firstFrom(offset);
    return (this.#ends[at] ?? Infinity) <= offset;
  }

  add(from: number, to: number): void {
    const at = this.#firstFrom(from - 1);
    let end = at;
    while ((this.#ends[end] ?? Infinity) <= to + 1) end += 2;
    const first = Math.min(from, this.#ends[at] ?? from);
    const last = end > at ? Math.max(to, this.#ends[end - 1] ?? to) : to;
    this.#ends.splice(at, end - at, end > at ? first : from, last);
  }

  /** Removes ranges that end before `offset`. */
  dropBelow(offset: number): void {
    this.#ends.splice(0, this.#firstFrom(offset));
  }

  /** Index of the first range that ends at `offset` or later. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[2 * middle + 1] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }
}
