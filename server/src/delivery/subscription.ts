import type { LiveFrame } from '../../../protocol/frames.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import type { Credit } from './credit.js';
import type { Cursor } from './cursor.js';
import type { Slice } from './segment.js';
import { textFrame } from './text-frame.js';

/** Times that medium may be sent while low waits; then low goes first, once it is sent. */
const LOW_ESCAPES_AFTER = 8;
const LIVE: LiveFrame = { event: 'live' };

/** The way out to a connection. Neither may throw, and both return at once. */
export interface Sink {
  /** Takes whole frames, in order. */
  write(frames: readonly Buffer[]): void;
  /** What the connection needs can't be read; it should come back later. */
  fail(error: unknown): void;
}

/** One connection's cursors. */
export class Subscription {
  queuedAs: 'urgent' | 'ordinary' | undefined;
  isDetached = false;
  /** Whose it is, where what it acknowledges tells what that person has received. */
  reader: string | undefined;
  /** Frames about the subscription itself; they need no credit and go first. */
  #announcements: Buffer[];
  /** What each cursor must have sent for the connection to be caught up; undefined once it is. */
  #heads: Map<Cursor, number> | undefined;
  #lowPassedOver = 0;
  #cursors: readonly Cursor[];

  constructor(
    cursors: readonly Cursor[],
    readonly credit: Credit,
    readonly sink: Sink,
    gaps: readonly Buffer[],
  ) {
    this.#cursors = cursors;
    this.#announcements = [...gaps];
    this.#heads = new Map(cursors.map((cursor) => [cursor, cursor.lane.head]));
  }

  get cursors(): readonly Cursor[] {
    return this.#cursors;
  }

  /** Names of the channels it is in. */
  get channels(): string[] {
    return [...new Set(this.#cursors.map(({ lane }) => lane.channel))];
  }

  /** Takes up the lanes of a channel. */
  join(cursors: readonly Cursor[]): void {
    this.#cursors = [...this.#cursors, ...cursors];
  }

  /** Sends no more of a channel. What was sent of it keeps its share of the credit until it is acknowledged. */
  leave(channel: string): void {
    for (const cursor of this.#cursors) if (cursor.lane.channel === channel) this.#heads?.delete(cursor);
    this.#cursors = this.#cursors.filter(({ lane }) => lane.channel !== channel);
  }

  /** The most urgent lane that has something to send. */
  get pendingUrgency(): Priority | undefined {
    if (this.#announcements.length > 0) return 'high';
    return PRIORITIES.find((lane) => this.#isWaiting(lane));
  }

  announce(frame: Buffer): void {
    this.#announcements.push(frame);
  }

  /** Takes the frames that may be sent now, most urgent lane first, and moves the cursors behind them. */
  take(): Buffer[] {
    const frames = this.#announcements;
    this.#announcements = [];
    const sent = this.#laneOrder().filter((lane) => this.#takeLane(lane, frames));
    this.#noteLow(sent);
    if (this.#isCaughtUp()) {
      this.#heads = undefined;
      frames.push(textFrame(JSON.stringify(LIVE)));
    }
    return frames;
  }

  /** @returns whether anything was sent */
  #takeLane(lane: Priority, frames: Buffer[]): boolean {
    const before = frames.length;
    for (const cursor of this.#cursors) {
      if (cursor.lane.priority !== lane) continue;
      for (let slice = this.#next(cursor); slice !== undefined; slice = this.#next(cursor)) {
        frames.push(slice.bytes);
        cursor.passed(slice.to);
        this.credit.spend(cursor.lane, slice);
      }
    }
    return frames.length > before;
  }

  /** Without credit nobody is passed over, and nobody's turn is over. */
  #noteLow(sent: readonly Priority[]): void {
    if (sent.includes('low')) this.#lowPassedOver = 0;
    else if (sent.includes('medium') && this.#isWaiting('low')) this.#lowPassedOver += 1;
  }

  #isWaiting(lane: Priority): boolean {
    return this.#cursors.some((cursor) => cursor.lane.priority === lane && cursor.isPending);
  }

  #next(cursor: Cursor): Slice | undefined {
    if (!cursor.isPending) return undefined;
    const { priority } = cursor.lane;
    return cursor.slice(this.credit.available(priority), this.credit.availableForOne(priority));
  }

  #laneOrder(): readonly Priority[] {
    return this.#lowPassedOver < LOW_ESCAPES_AFTER ? PRIORITIES : ['high', 'low', 'medium'];
  }

  #isCaughtUp(): boolean {
    if (this.#heads === undefined) return false;
    for (const [cursor, head] of this.#heads) if (cursor.next <= head) return false;
    return true;
  }
}
