/**
 * Where frames with consecutive offsets end, one after the other. It is apart from their bytes, so that whoever counts
 * what is acknowledged doesn't keep these.
 */
export class FrameEnds {
  readonly #ends: number[] = [];

  constructor(readonly firstOffset: number) {}

  /** Offset that the next frame will have. */
  get nextOffset(): number {
    return this.firstOffset + this.#ends.length;
  }

  /** Bytes of all frames. */
  get bytes(): number {
    return this.of(this.nextOffset - 1);
  }

  /** One more frame ends there. */
  add(end: number): void {
    this.#ends.push(end);
  }

  /** Where that frame ends, and the next begins; before the first, 0. */
  of(offset: number): number {
    return this.#ends[offset - this.firstOffset] ?? 0;
  }

  /** Bytes of the frames `from` to `to`. */
  between(from: number, to: number): number {
    return this.of(to) - this.of(from - 1);
  }
}
