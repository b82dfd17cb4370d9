import type { LiveFrame } from '../../../../protocol/frames.js';
import type { DeliveryFigures } from '../../../../protocol/operations.js';
import { PRIORITIES, type Priority } from '../../../../protocol/notification.js';
import type { Credit } from './window.js';
import type { Cursor } from './cursor.js';
import { textFrame } from '../log/text-frame.js';

/** Slices of medium that may be sent while low waits; then low goes first until it is sent. */
const LOW_FIRST_AFTER = 8;
const HIGH_ONLY: readonly Priority[] = ['high'];
const LOW_FIRST: readonly Priority[] = ['high', 'low', 'medium'];
const LIVE: LiveFrame = { event: 'live' };
/** For all that are idle. */
const NONE: readonly never[] = [];

/** The way out to a connection. Neither may throw, and both return at once. */
export interface Sink {
  /** Takes whole frames, in order. */
  write(frames: readonly Buffer[]): void;
  /** What the connection needs can't be read; it should come back later. */
  fail(error: unknown): void;
}

/** One connection's cursors. */
export class Subscription {
  isDetached = false;
  /** Whose it is, where what it acknowledges tells what that person has received. */
  reader: string | undefined;
  /** What goes out with the next write. */
  #outgoing: readonly Buffer[];
  /** What each cursor must have sent for the connection to be caught up; undefined once it is. */
  #heads: Map<Cursor, number> | undefined;
  /** Slices of medium since low was sent, while low waited. */
  #mediumSlices = 0;
  #cursors: readonly Cursor[];
  /** A connection has a dozen cursors, and mostly one entry comes. */
  #pending: readonly Cursor[] = NONE;

  constructor(
    cursors: readonly Cursor[],
    readonly credit: Credit,
    readonly sink: Sink,
    gaps: readonly Buffer[],
  ) {
    this.#cursors = cursors;
    this.#outgoing = gaps;
    this.#heads = new Map(cursors.map((cursor) => [cursor, cursor.lane.head]));
    for (const cursor of cursors) if (cursor.isPending) this.expect(cursor);
  }

  get cursors(): readonly Cursor[] {
    return this.#cursors;
  }

  /** Those of its cursors that have something to send. */
  get pending(): readonly Cursor[] {
    return this.#pending;
  }

  /**
   * The cursor whose page is to be read next, after `take`. Undefined while a frame in memory waits for room: pages that
   * are read too early make each other room, and would be read again and again.
   */
  get missing(): Cursor | undefined {
    for (const priority of this.#order) {
      if (this.credit.available(priority) <= 0) continue;
      const next = this.#pending.find(({ lane }) => lane.priority === priority);
      if (next !== undefined) return next.lane.find(next.next) === undefined ? next : undefined;
    }
    return undefined;
  }

  get hasOrdinary(): boolean {
    return this.#isWaiting('medium') || this.#isWaiting('low');
  }

  /** Names of the channels it is in. */
  get channels(): string[] {
    return [...new Set(this.#cursors.map(({ lane }) => lane.channel))];
  }

  /** How far delivery is, for a look from outside. */
  figures(): DeliveryFigures {
    const available = (lane: Priority): number => Math.max(0, this.credit.available(lane));
    return {
      channels: this.channels,
      lanes: this.#cursors.map(({ lane: { channel, priority: lane, head }, next }) => {
        return { channel, lane, next, head, waiting: head - next + 1 };
      }),
      bytesInFlight: this.credit.bytesInFlight,
      availableBytes: { high: available('high'), medium: available('medium'), low: available('low') },
    };
  }

  /** Takes up the lanes of a channel. */
  join(cursors: readonly Cursor[]): void {
    this.#cursors = [...this.#cursors, ...cursors];
  }

  /**
   * Something came that this cursor has to send.
   * @returns false when it had something before: then it has its turn already, or waits for room
   */
  expect(cursor: Cursor): boolean {
    if (this.#pending.includes(cursor)) return false;
    this.#pending = this.#pending.length === 0 ? [cursor] : [...this.#pending, cursor];
    return true;
  }

  /** Sends no more of a channel. What was sent of it keeps its share of the credit until it is acknowledged. */
  leave(channel: string): void {
    for (const cursor of this.#cursors) if (cursor.lane.channel === channel) this.#heads?.delete(cursor);
    this.#cursors = this.#cursors.filter(({ lane }) => lane.channel !== channel);
    this.#pending = this.#pending.filter(({ lane }) => lane.channel !== channel);
  }

  /** The most urgent lane that has something to send. */
  get pendingUrgency(): Priority | undefined {
    if (this.#outgoing.length > 0) return 'high';
    return PRIORITIES.find((lane) => this.#isWaiting(lane));
  }

  /** Sends a frame about the subscription itself: it needs no credit and goes first. */
  announce(frame: Buffer): void {
    this.#put(frame);
  }

  /**
   * Takes the frames that may be sent now, most urgent lane first, and moves the cursors behind them.
   * @param now in ms, as the credit's `Moment` counts them
   * @param isUrgentOnly leaves medium and low for another time
   */
  take(now: number, isUrgentOnly = false): readonly Buffer[] {
    if (this.#pending.length > 0) this.#takePending(now, isUrgentOnly);
    if (this.#isCaughtUp()) {
      this.#heads = undefined;
      this.#put(textFrame(JSON.stringify(LIVE)));
    }
    const frames = this.#outgoing;
    this.#outgoing = NONE;
    return frames;
  }

  #takePending(now: number, isUrgentOnly: boolean): void {
    const lanes = isUrgentOnly ? HIGH_ONLY : this.#order;
    const isBlocked = lanes.some((lane) => this.#takeLane(lane, now));
    this.#pending = stillPending(this.#pending, isBlocked);
  }

  /** Lanes in the order in which they are sent. */
  get #order(): readonly Priority[] {
    return this.#mediumSlices >= LOW_FIRST_AFTER ? LOW_FIRST : PRIORITIES;
  }

  /** @returns whether a frame waits for more room than there is. Smaller frames behind it must not take what comes free. */
  #takeLane(priority: Priority, now: number): boolean {
    return this.#pending.some((cursor) => cursor.lane.priority === priority && this.#takeCursor(cursor, now));
  }

  #takeCursor(cursor: Cursor, now: number): boolean {
    const { priority } = cursor.lane;
    while (cursor.isPending) {
      const room = this.credit.available(priority);
      const frames = room > 0 ? cursor.lane.find(cursor.next) : undefined;
      if (frames === undefined) return false;
      const slice = frames.slice(cursor.next, room, this.credit.largestFrame);
      if (slice === undefined) return true;
      this.#put(slice.bytes);
      cursor.next = slice.to + 1;
      this.credit.spend(cursor.lane, slice, now);
      if (priority === 'low') this.#mediumSlices = 0;
      else if (priority === 'medium' && this.#isWaiting('low')) this.#mediumSlices += 1;
    }
    return false;
  }

  /** Nearly always it is one frame, or one slice; a list that grows by `push` has room for sixteen more. */
  #put(frame: Buffer): void {
    this.#outgoing = this.#outgoing.length === 0 ? [frame] : [...this.#outgoing, frame];
  }

  #isWaiting(lane: Priority): boolean {
    return this.#pending.some((cursor) => cursor.lane.priority === lane && cursor.isPending);
  }

  #isCaughtUp(): boolean {
    if (this.#heads === undefined) return false;
    for (const [cursor, head] of this.#heads) if (cursor.next <= head) return false;
    return true;
  }
}

/**
 * Rotates, so that a cursor that always has more cannot starve the others in its lane; but a blocked one keeps its turn.
 * A list of one is kept as it is.
 */
function stillPending(cursors: readonly Cursor[], isBlocked: boolean): readonly Cursor[] {
  const pending = cursors.filter((cursor) => cursor.isPending);
  if (pending.length === 0) return NONE;
  if (pending.length === 1 && cursors.length === 1) return cursors;
  if (isBlocked) return pending;
  const [first, ...others] = pending as [Cursor, ...Cursor[]];
  return [...others, first];
}
