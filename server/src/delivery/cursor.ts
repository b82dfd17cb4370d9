import type { Lane } from './lane.js';
import type { Slice } from './segment.js';

/** How far one connection has been sent in one lane. A connection has many, so it is kept small. */
export class Cursor {
  /** @param next offset of the next entry to send */
  constructor(
    readonly lane: Lane,
    public next: number,
  ) {}

  get isPending(): boolean {
    return this.next <= this.lane.head;
  }

  get isInMemory(): boolean {
    return this.lane.find(this.next) !== undefined;
  }

  /** Bytes of the next frame; undefined when there is none in memory. */
  get nextBytes(): number | undefined {
    return this.lane.find(this.next)?.bytesOf(this.next);
  }

  /** The next frames to send, within these limits; undefined when none fits, or none is in memory. */
  slice(maxBytes: number, maxBytesForOne: number): Slice | undefined {
    return this.lane.find(this.next)?.slice(this.next, maxBytes, maxBytesForOne);
  }
}
