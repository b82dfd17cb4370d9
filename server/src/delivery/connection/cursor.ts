import type { Lane } from '../log/lane.js';

/** Marks the next entry of one lane to send to one connection. A connection has many cursors, so they are small. */
export class Cursor {
  /** @param next offset of the next entry to send */
  constructor(
    readonly lane: Lane,
    public next: number,
  ) {}

  get isPending(): boolean {
    return this.next <= this.lane.head;
  }
}
