import type { LogEntry } from '../repository/notification-repository.js';
import type { FrameLog } from './frame-log.js';
import { frameText, type Lane } from './lane.js';
import { Segment, type Slice } from './segment.js';
import { frameBytes } from './text-frame.js';

/** How far one connection has been sent in one lane. A connection has many, so it is kept small. */
export class Cursor {
  /** Frames read back from the repository, for a connection that is behind the frame log. */
  #backlog: Segment | 'being read' | undefined;

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
    return this.isPending && this.#backlog !== 'being read' && !this.#isInLog() && this.#readBack() === undefined;
  }

  /** Of the next frame to send; undefined when there is none, or it has to be read back first. */
  get nextBytes(): number | undefined {
    return this.isPending ? this.#source?.bytesOf(this.next) : undefined;
  }

  /** The next frames to send, within these limits. */
  slice(maxBytes: number, maxBytesForOne: number): Slice | undefined {
    return this.#source?.slice(this.next, maxBytes, maxBytesForOne);
  }

  /** Entries from `next` on are being read back. */
  awaitBacklog(): void {
    this.#backlog = 'being read';
  }

  /** Takes entries that were read back; the first is at `next`, and they have no holes. */
  backfill(entries: readonly LogEntry[]): void {
    const texts = entries.map(frameText);
    const capacity = texts.reduce((sum, text) => sum + frameBytes(Buffer.byteLength(text)), 0);
    const backlog = new Segment(this.next, capacity);
    for (const text of texts) backlog.append(text);
    this.#backlog = backlog;
  }

  /** Everything up to `offset` has been sent. What was read back is let go with its last frame: a connection is mostly idle. */
  passed(offset: number): void {
    this.next = offset + 1;
    if (this.#backlog instanceof Segment && this.next >= this.#backlog.nextOffset) this.#backlog = undefined;
  }

  get #source(): FrameLog | Segment | undefined {
    return this.#isInLog() ? this.lane.log : this.#readBack();
  }

  #isInLog(): boolean {
    return this.lane.log !== undefined && this.next >= this.lane.log.firstOffset;
  }

  /** What was read back, if it holds the next entry. */
  #readBack(): Segment | undefined {
    if (this.#backlog === undefined || this.#backlog === 'being read') return undefined;
    return this.next < this.#backlog.nextOffset ? this.#backlog : undefined;
  }
}
