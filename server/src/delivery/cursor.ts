import type { LogEntry } from '../repository/notification-repository.js';
import { notificationText, type Lane } from './lane.js';
import { Segment, type Slice } from './segment.js';
import { frameBytes } from './text-frame.js';

/** How far one connection has been sent in one lane. */
export class Cursor {
  /** Frames read back from the repository, for a connection that is behind the frame log. */
  #backlog: Segment | undefined;
  /** A read of the repository is under way. */
  isReading = false;

  /** @param next offset of the next entry to send */
  constructor(
    readonly lane: Lane,
    public next: number,
  ) {}

  get isPending(): boolean {
    return this.next <= this.lane.head;
  }

  /** Pending, but neither in the frame log nor in what was read back. */
  get needsBacklog(): boolean {
    return this.isPending && !this.isReading && !this.#isInLog() && !this.#isInBacklog();
  }

  /** The next frames to send, within these limits. */
  slice(maxBytes: number, maxBytesForOne: number): Slice | undefined {
    const source = this.#isInLog() ? this.lane.log : this.#isInBacklog() ? this.#backlog : undefined;
    return source?.slice(this.next, maxBytes, maxBytesForOne);
  }

  /** Takes entries that were read back; the first is at `next`, and they have no holes. */
  backfill(entries: readonly LogEntry[]): void {
    const texts = entries.map(notificationText);
    const capacity = texts.reduce((sum, text) => sum + frameBytes(Buffer.byteLength(text)), 0);
    this.#backlog = new Segment(this.next, capacity);
    for (const text of texts) this.#backlog.append(text);
  }

  #isInLog(): boolean {
    return this.lane.log !== undefined && this.next >= this.lane.log.firstOffset;
  }

  #isInBacklog(): boolean {
    return this.#backlog !== undefined && this.next < this.#backlog.nextOffset;
  }
}
