import { frameBytes, writeTextFrame } from './text-frame.js';

/** Consecutive frames, as one piece of memory. */
export interface Slice {
  readonly bytes: Buffer;
  /** Offsets of the first and the last frame in it. */
  readonly from: number;
  readonly to: number;
  /** Ends of all frames of its segment. */
  readonly ends: FrameEnds;
  /** When the first frame was appended, in ms on the clock of `Turns`; undefined if it was read back from the store. */
  readonly appendedAt: number | undefined;
}

/**
 * Ends of frames with consecutive offsets in one buffer. It does not refer to the buffer, so that a window that counts
 * what is in flight does not keep the bytes.
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

/**
 * Encoded frames with consecutive offsets, one after the other in one buffer. Bytes are only ever added
 * behind the last, never changed: a write in flight may still refer to them.
 */
export class Segment {
  readonly #bytes: Buffer;
  /** Where each frame ends in `#bytes`. */
  readonly #ends: FrameEnds;
  /** When each frame was appended; empty for frames from the store. */
  readonly #appendedAt: number[] = [];
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

  /**
   * @param at when the entry was appended to the log, for frames that are new
   * @returns false, and does nothing, when the frame does not fit
   */
  append(text: string, at?: number): boolean {
    const payloadBytes = Buffer.byteLength(text);
    const start = this.#ends.bytes;
    const end = start + frameBytes(payloadBytes);
    if (end > this.capacity) return false;
    writeTextFrame(this.#bytes, start, text, payloadBytes);
    this.#ends.add(end);
    if (at !== undefined) this.#appendedAt.push(at);
    return true;
  }

  /**
   * Frames from `from` on that take at most `room` bytes, or one frame of at most `largestFrame` bytes.
   * @returns undefined if not even the first may be sent
   */
  slice(from: number, room: number, largestFrame: number): Slice | undefined {
    const to = this.#lastWithin(from, room, largestFrame);
    if (to < from) return undefined;
    if (this.#shared?.from !== from || this.#shared.to !== to) {
      const bytes = this.#bytes.subarray(this.#ends.of(from - 1), this.#ends.of(to));
      this.#shared = { from, to, bytes, ends: this.#ends, appendedAt: this.#appendedAt[from - this.firstOffset] };
    }
    return this.#shared;
  }

  /** Offset of the last frame of such a slice; `from - 1` if there is none. */
  #lastWithin(from: number, room: number, largestFrame: number): number {
    const last = this.nextOffset - 1;
    // Nearly always everything fits.
    if (this.#ends.between(from, last) <= room) return last;
    let fits = from - 1;
    let tooFar = last;
    while (tooFar - fits > 1) {
      const middle = (fits + tooFar) >>> 1;
      if (this.#ends.between(from, middle) <= room) fits = middle;
      else tooFar = middle;
    }
    if (fits < from && this.#ends.between(from, from) <= largestFrame) return from;
    return fits;
  }
}
