import { type DeliveryFigures, type LiveFrame, PRIORITIES, type Priority } from '@herald/protocol';
import type { Window } from './window.js';
import type { Cursor } from './cursor.js';
import type { Slice } from '../log/segment.js';
import { textFrame } from '../log/text-frame.js';
import type { LaneTotals } from '../totals.js';

/** Slices of medium that may be sent while low waits; then low goes first, until a slice of it is sent. */
const LOW_FIRST_AFTER = 8;
const HIGH_ONLY: readonly Priority[] = ['high'];
const LOW_FIRST: readonly Priority[] = ['high', 'low', 'medium'];
const LIVE: LiveFrame = { event: 'live' };
/** Shared by all idle subscriptions. */
const NONE: readonly never[] = [];

/** Transport of a connection. Its methods return at once and do not throw. */
export interface Sink {
  /** Sends whole frames, in order. */
  write(frames: readonly Buffer[]): void;
  /** Closes the connection because its entries cannot be read now; the client reconnects later. */
  fail(error: unknown): void;
}

/** One connection's cursors. */
export class Subscription {
  isDetached = false;
  /** User for whose receipts its acknowledgements count. */
  username: string | undefined;
  /** Frames of the next write. */
  #outgoing: readonly Buffer[];
  /** Head of each cursor's lane when the subscription began; undefined once the connection has caught up with them. */
  #heads: Map<Cursor, number> | undefined;
  /** Slices of medium that were sent since the last one of low, while low waited. */
  #mediumSlices = 0;
  #cursors: readonly Cursor[];
  /** Cursors with something to send, usually one of a dozen. */
  #pending: readonly Cursor[] = NONE;

  constructor(
    cursors: readonly Cursor[],
    readonly window: Window,
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

  get pending(): readonly Cursor[] {
    return this.#pending;
  }

  /**
   * The cursor whose page is to be read next, after `take`. Undefined while a frame in memory waits for room: pages
   * that are read too early would displace each other, and be read again and again.
   */
  get missing(): Cursor | undefined {
    for (const priority of this.#order) {
      if (this.window.room(priority) <= 0) continue;
      const next = this.#pending.find(({ lane }) => lane.priority === priority);
      if (next !== undefined) return next.lane.find(next.next) === undefined ? next : undefined;
    }
    return undefined;
  }

  get isMediumOrLowPending(): boolean {
    return this.#isWaiting('medium') || this.#isWaiting('low');
  }

  get channels(): string[] {
    return [...new Set(this.#cursors.map(({ lane }) => lane.channel))];
  }

  /** The progress of delivery, for administrators. */
  figures(): DeliveryFigures {
    const room = (lane: Priority): number => Math.max(0, this.window.room(lane));
    return {
      channels: this.channels,
      lanes: this.#cursors.map(({ lane: { channel, priority: lane, head }, next }) => {
        return { channel, lane, next, head, waiting: head - next + 1 };
      }),
      bytesInFlight: this.window.bytesInFlight,
      availableBytes: { high: room('high'), medium: room('medium'), low: room('low') },
    };
  }

  /** Adds the lanes of a channel. */
  join(cursors: readonly Cursor[]): void {
    this.#cursors = [...this.#cursors, ...cursors];
  }

  /**
   * Notes that a cursor has something to send.
   * @returns false if it had something before: then the subscription is queued already, or waits for room
   */
  expect(cursor: Cursor): boolean {
    if (this.#pending.includes(cursor)) return false;
    this.#pending = this.#pending.length === 0 ? [cursor] : [...this.#pending, cursor];
    return true;
  }

  /** Removes the lanes of a channel. Its entries in flight occupy the window until they are acknowledged. */
  leave(channel: string): void {
    for (const cursor of this.#cursors) if (cursor.lane.channel === channel) this.#heads?.delete(cursor);
    this.#cursors = this.#cursors.filter(({ lane }) => lane.channel !== channel);
    this.#pending = this.#pending.filter(({ lane }) => lane.channel !== channel);
  }

  /** The most urgent lane with something to send. */
  get pendingUrgency(): Priority | undefined {
    if (this.#outgoing.length > 0) return 'high';
    return PRIORITIES.find((lane) => this.#isWaiting(lane));
  }

  /** Sends a frame about the subscription itself, ahead of entries and outside of the window. */
  announce(frame: Buffer): void {
    this.#put(frame);
  }

  /**
   * Takes the frames that may be sent now, high first, and moves the cursors behind them.
   * @param now in ms, on the clock of `Turns`
   * @param isHighOnly leaves medium and low for a later call
   */
  take(now: number, isHighOnly = false): readonly Buffer[] {
    if (this.#pending.length > 0) this.#takePending(now, isHighOnly);
    if (this.#isCaughtUp()) {
      this.#heads = undefined;
      this.#put(textFrame(JSON.stringify(LIVE)));
    }
    const frames = this.#outgoing;
    this.#outgoing = NONE;
    return frames;
  }

  #takePending(now: number, isHighOnly: boolean): void {
    const lanes = isHighOnly ? HIGH_ONLY : this.#order;
    const isBlocked = lanes.some((lane) => this.#takeLane(lane, now));
    this.#pending = stillPending(this.#pending, isBlocked);
  }

  /** Lanes in the order in which they are sent. */
  get #order(): readonly Priority[] {
    return this.#mediumSlices >= LOW_FIRST_AFTER ? LOW_FIRST : PRIORITIES;
  }

  /** @returns whether a frame waits for more room: nothing behind it is sent then, or smaller frames would starve it */
  #takeLane(priority: Priority, now: number): boolean {
    return this.#pending.some((cursor) => cursor.lane.priority === priority && this.#takeCursor(cursor, now));
  }

  #takeCursor(cursor: Cursor, now: number): boolean {
    const { priority } = cursor.lane;
    while (cursor.isPending) {
      const room = this.window.room(priority);
      if (room <= 0) cursor.lane.totals.stalls += 1;
      const frames = room > 0 ? cursor.lane.find(cursor.next) : undefined;
      if (frames === undefined) return false;
      const slice = frames.slice(cursor.next, room, this.window.largestFrame(priority));
      if (slice === undefined) {
        cursor.lane.totals.stalls += 1;
        return true;
      }
      this.#put(slice.bytes);
      cursor.moveTo(slice.to + 1);
      this.#count(cursor.lane.totals, slice, now);
      this.window.wrote(cursor.lane, slice, now);
      if (priority === 'low') this.#mediumSlices = 0;
      else if (priority === 'medium' && this.#isWaiting('low')) this.#mediumSlices += 1;
    }
    return false;
  }

  #count(totals: LaneTotals, { from, to, bytes, appendedAt }: Slice, now: number): void {
    const entries = to - from + 1;
    totals.entries += entries;
    totals.bytes += bytes.length;
    // The wait of a client that catches up says when it came back, and nothing about delivery.
    if (appendedAt !== undefined && this.#heads === undefined) totals.waits.add((now - appendedAt) / 1000, entries);
  }

  /** Copies, since an array that grows by `push` reserves room for sixteen more, and there is usually one frame. */
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
 * Rotates the pending cursors, so that one that always has more cannot starve the others in its lane. A blocked cursor
 * keeps its turn. A list of one is kept as it is.
 */
function stillPending(cursors: readonly Cursor[], isBlocked: boolean): readonly Cursor[] {
  const pending = cursors.filter((cursor) => cursor.isPending);
  if (pending.length === 0) return NONE;
  if (pending.length === 1 && cursors.length === 1) return cursors;
  if (isBlocked) return pending;
  const [first, ...others] = pending as [Cursor, ...Cursor[]];
  return [...others, first];
}
