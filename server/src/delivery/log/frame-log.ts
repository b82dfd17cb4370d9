import { Segment } from './segment.js';
import { frameBytes } from './text-frame.js';

/** A quiet channel starts small; a busy one soon has segments of the full size. */
const FIRST_SEGMENT_BYTES = 4 * 1024;
const SEGMENT_BYTES = 256 * 1024;

/** The newest encoded frames of one channel and lane, by offset. */
export class FrameLog {
  readonly #segments: Segment[];
  #latest: Segment;
  #bytes = FIRST_SEGMENT_BYTES;

  /** @param nextOffset offset of the first frame that will be appended */
  constructor(nextOffset: number) {
    this.#latest = new Segment(nextOffset, FIRST_SEGMENT_BYTES);
    this.#segments = [this.#latest];
  }

  /** Oldest offset that is still here. */
  get firstOffset(): number {
    return this.#segments[0]?.firstOffset ?? this.nextOffset;
  }

  get nextOffset(): number {
    return this.#latest.nextOffset;
  }

  /**
   * @param retainedBytes bytes to keep; connections that are further behind are served from pages
   * @param now in ms, on the clock of `Turns`
   */
  append(text: string, retainedBytes: number, now: number): void {
    if (this.#latest.append(text, now)) return;
    const needed = frameBytes(Buffer.byteLength(text));
    const capacity = Math.max(Math.min(this.#latest.capacity * 4, SEGMENT_BYTES, retainedBytes / 4), needed);
    this.#latest = new Segment(this.nextOffset, capacity);
    this.#latest.append(text, now);
    this.#segments.push(this.#latest);
    this.#bytes += capacity;
    this.#trim(retainedBytes);
  }

  /** The segment with that frame; undefined when the frame has left this log, or is yet to come. */
  find(offset: number): Segment | undefined {
    return this.#segments.findLast((segment) => segment.has(offset));
  }

  #trim(retainedBytes: number): void {
    while (this.#segments.length > 1 && this.#bytes - this.#oldestCapacity() >= retainedBytes) {
      this.#bytes -= this.#oldestCapacity();
      this.#segments.shift();
    }
  }

  #oldestCapacity(): number {
    return this.#segments[0]?.capacity ?? 0;
  }
}
