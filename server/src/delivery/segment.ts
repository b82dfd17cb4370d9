import { FrameEnds } from './frame-ends.js';
import { frameBytes, writeTextFrame } from './text-frame.js';

/** Consecutive frames, as one piece of memory. */
export interface Slice {
  readonly bytes: Buffer;
  /** Offsets of the first and the last frame in it. */
  readonly from: number;
  readonly to: number;
  /** Of the frames in its segment, for those who count what has been acknowledged. */
  readonly ends: FrameEnds;
}

/**
 * Encoded frames with consecutive offsets, one after the other in one buffer. Bytes are only ever added
 * behind the last, never changed: a write in flight may still refer to them.
 */
export class Segment {
  readonly #bytes: Buffer;
  /** Where each frame ends in `#bytes`. */
  readonly #ends: FrameEnds;
  /** The slice handed out last: connections at the same cursor get the same Buffer. */
  #shared: Slice | undefined;

  constructor(
    firstOffset: number,
    readonly capacity: number,
  ) {
    this.#ends = new FrameEnds(firstOffset);
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get firstOffset(): number {
    return this.#ends.firstOffset;
  }

  /** Offset that the next frame will have. */
  get nextOffset(): number {
    return this.#ends.nextOffset;
  }

  has(offset: number): boolean {
    return offset >= this.firstOffset && offset < this.nextOffset;
  }

  /** @returns false, and does nothing, when the frame does not fit */
  append(text: string): boolean {
    const payloadBytes = Buffer.byteLength(text);
    const start = this.#ends.bytes;
    const end = start + frameBytes(payloadBytes);
    if (end > this.capacity) return false;
    writeTextFrame(this.#bytes, start, text, payloadBytes);
    this.#ends.add(end);
    return true;
  }

  /** Bytes of that frame. */
  bytesOf(offset: number): number {
    return this.#ends.between(offset, offset);
  }

  /**
   * Frames from `from` on, up to `maxBytes`, or one frame of up to `maxBytesForOne`.
   * @returns undefined when not one frame fits
   */
  slice(from: number, maxBytes: number, maxBytesForOne: number): Slice | undefined {
    const to = this.#lastWithin(from, maxBytes, maxBytesForOne);
    if (to < from) return undefined;
    if (this.#shared?.from !== from || this.#shared.to !== to) {
      const bytes = this.#bytes.subarray(this.#ends.of(from - 1), this.#ends.of(to));
      this.#shared = { from, to, bytes, ends: this.#ends };
    }
    return this.#shared;
  }

  /**
   * The last offset such that the frames from `from` on take at most `maxBytes`, or the one frame at most
   * `maxBytesForOne`; `from - 1` when not even that.
   */
  #lastWithin(from: number, maxBytes: number, maxBytesForOne: number): number {
    const last = this.nextOffset - 1;
    // Nearly always everything fits.
    if (this.#ends.between(from, last) <= maxBytes) return last;
    let fits = from - 1;
    let tooFar = last;
    while (tooFar - fits > 1) {
      const middle = (fits + tooFar) >>> 1;
      if (this.#ends.between(from, middle) <= maxBytes) fits = middle;
      else tooFar = middle;
    }
    if (fits < from && this.#ends.between(from, from) <= maxBytesForOne) return from;
    return fits;
  }
}
