import type { Lane } from '../log/lane.js';

/** Marks the next entry of one lane to send to one connection. A connection has many cursors, so they are small. */
export class Cursor {
  #next: number;

  /** @param next offset of the next entry to send */
  constructor(
    readonly lane: Lane,
    next: number,
  ) {
    this.#next = next;
  }

  get next(): number {
    return this.#next;
  }

  /** The entries before `next` wait no longer: they were sent, or are gone. */
  moveTo(next: number): void {
    this.lane.totals.waiting -= next - this.#next;
    this.#next = next;
  }

  get isPending(): boolean {
    return this.#next <= this.lane.head;
  }
}
