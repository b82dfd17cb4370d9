import type { Lane } from '../log/lane.js';

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
}
