import type { EntryFrame, LanePosition, Priority } from '@herald/protocol';
import type { LaneHead, LogEntry } from '../../repository/notification-repository.js';
import type { LaneTotals } from '../totals.js';
import { FrameLog } from './frame-log.js';
import type { Segment } from './segment.js';

/** For lanes without pages, which are most. */
const NONE: readonly never[] = [];

/** One priority of a channel with subscriptions in this process. */
export class Lane {
  /** The newest frames; undefined before the first new entry. */
  #log: FrameLog | undefined;
  #head: LaneHead = { offset: 0, id: null };
  /** Older frames, read back for connections that are behind the frame log. */
  #pages: readonly Segment[] = NONE;
  #cursors = 0;

  /** @param totals of this priority, which all channels share */
  constructor(
    readonly channel: string,
    readonly priority: Priority,
    readonly totals: LaneTotals,
  ) {}

  /** Offset of the newest entry. */
  get head(): number {
    return this.#head.offset;
  }

  get position(): LanePosition {
    return [this.#head.offset, this.#head.id];
  }

  /** Consecutive frames with that one among them; undefined when it is not in memory. */
  find(offset: number): Segment | undefined {
    return this.#log?.find(offset) ?? this.#pages.find((page) => page.has(offset));
  }

  addPage(page: Segment): void {
    this.#pages = [...this.#pages, page];
  }

  removePage(page: Segment): void {
    this.#pages = this.#pages.length === 1 ? NONE : this.#pages.filter((each) => each !== page);
  }

  /** Entries up to this head are stored; those that are not in memory are read back. Ignores an earlier head. */
  growTo(head: LaneHead): void {
    if (head.offset > this.#head.offset) this.#moveHead(head);
  }

  /** A connection's cursor begins at `next`: the entries from there to the head wait for it. */
  enter(next: number): void {
    this.#cursors += 1;
    this.totals.waiting += this.head - next + 1;
  }

  /** A cursor that has come to `next` is gone, and nothing waits for it any more. */
  leave(next: number): void {
    this.#cursors -= 1;
    this.totals.waiting -= this.head - next + 1;
  }

  /**
   * @param retainedBytes bytes of frames to keep
   * @param now in ms, on the clock of `Turns`
   */
  append(entry: LogEntry, retainedBytes: number, now: number): void {
    // A head that was read meanwhile may include it.
    if (entry.offset <= this.head) return;
    // Another process may have stored entries before it, which are read back: the log has only consecutive frames.
    if (this.#log?.nextOffset !== entry.offset) this.#log = new FrameLog(entry.offset);
    this.#log.append(frameText(entry), retainedBytes, now);
    this.#moveHead({ offset: entry.offset, id: entry.data.id });
  }

  #moveHead(head: LaneHead): void {
    this.totals.waiting += (head.offset - this.head) * this.#cursors;
    this.#head = head;
  }
}

/** The JSON of an entry's frame. */
export function frameText({ event, data, channel, offset }: LogEntry): string {
  // The compiler does not know that event and data belong together once they are taken apart.
  const frame = { event, data: { ...data, channel, offset } } as EntryFrame;
  return JSON.stringify(frame);
}
