import { frameBytes, writeTextFrame } from './text-frame.js';

/** Frames that are acknowledged together: as many as fit into `RUN_BYTES`, or a larger one alone. */
export interface Run {
  readonly to: number;
  readonly bytes: number;
}

/** Consecutive frames, as one piece of memory. */
export interface Slice {
  readonly bytes: Buffer;
  /** Offset of the last frame in it. */
  readonly to: number;
  /** The same frames in small runs, for those who count what has been acknowledged. */
  readonly runs: readonly Run[];
}

export const RUN_BYTES = 512;

/**
 * Encoded frames with consecutive offsets, one after the other in one buffer. Bytes are only ever added
 * behind the last, never changed: a write in flight may still refer to them.
 */
export class Segment {
  readonly #bytes: Buffer;
  /** Where each frame ends in `#bytes`. */
  readonly #ends: number[] = [];
  /** The slice handed out last, and where it began: connections at the same cursor get the same Buffer. */
  #shared: (Slice & { from: number }) | undefined;

  constructor(
    readonly firstOffset: number,
    readonly capacity: number,
  ) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Offset that the next frame will have. */
  get nextOffset(): number {
    return this.firstOffset + this.#ends.length;
  }

  /** @returns false, and does nothing, when the frame does not fit */
  append(text: string): boolean {
    const payloadBytes = Buffer.byteLength(text);
    const start = this.#endOf(this.nextOffset - 1);
    const end = start + frameBytes(payloadBytes);
    if (end > this.capacity) return false;
    writeTextFrame(this.#bytes, start, text, payloadBytes);
    this.#ends.push(end);
    return true;
  }

  /**
   * Frames from `from` on, up to `maxBytes`, or one frame of up to `maxBytesForOne`.
   * @returns undefined when not one frame fits
   */
  slice(from: number, maxBytes: number, maxBytesForOne: number): Slice | undefined {
    const to = this.#lastWithin(from, maxBytes, maxBytesForOne);
    if (to < from) return undefined;
    if (this.#shared?.from !== from || this.#shared.to !== to) {
      const bytes = this.#bytes.subarray(this.#endOf(from - 1), this.#endOf(to));
      this.#shared = { from, to, bytes, runs: this.#runs(from, to) };
    }
    return this.#shared;
  }

  /**
   * The last offset such that the frames from `from` on take at most `maxBytes`, or the one frame at most
   * `maxBytesForOne`; `from - 1` when not even that.
   */
  #lastWithin(from: number, maxBytes: number, maxBytesForOne: number): number {
    const start = this.#endOf(from - 1);
    const last = this.nextOffset - 1;
    // Nearly always everything fits.
    if (this.#endOf(last) - start <= maxBytes) return last;
    let fits = from - 1;
    let tooFar = last;
    while (tooFar - fits > 1) {
      const middle = (fits + tooFar) >>> 1;
      if (this.#endOf(middle) - start <= maxBytes) fits = middle;
      else tooFar = middle;
    }
    if (fits < from && this.#endOf(from) - start <= maxBytesForOne) return from;
    return fits;
  }

  #runs(from: number, to: number): Run[] {
    const runs: Run[] = [];
    for (let start = from; start <= to; ) {
      const end = Math.min(to, this.#lastWithin(start, RUN_BYTES, Infinity));
      runs.push({ to: end, bytes: this.#endOf(end) - this.#endOf(start - 1) });
      start = end + 1;
    }
    return runs;
  }

  #endOf(offset: number): number {
    return this.#ends[offset - this.firstOffset] ?? 0;
  }
}
