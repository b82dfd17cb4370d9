import { PRIORITIES, type Priority } from '@herald/protocol';
import type { LaneHead, LaneHeads, LogEntry } from '../repository/notification-repository.js';
import type { Cursor } from './connection/cursor.js';
import type { FlushQueue } from './schedule/flush-queue.js';
import { Lane } from './log/lane.js';
import type { Subscription } from './connection/subscription.js';
import type { DeliveryTotals } from './totals.js';

/**
 * A channel with at least so many subscriptions pauses after a fan-out, so that what comes meanwhile shares the next.
 */
const LARGE_FROM = 200;
/** Pause for each entry of the fan-out, since its start: one that comes alone delays nothing. */
const PAUSE_MS_EACH = 4;
const PAUSE_MS_MAX = 72;
/** Fan-outs start with another subscription each time; multiples of the golden ratio spread them evenly. */
const GOLDEN_RATIO = 0.618034;
/** Frames kept in each lane, for each subscription: ten thousand users have channels of their own. */
const RETAINED_BYTES_EACH = 64 * 1024;
const RETAINED_BYTES_MAX = 4 * 1024 * 1024;

/** A channel with subscriptions in this process. */
export class Channel {
  readonly lanes: readonly Lane[];
  /** Each subscription's cursors here, in the order of `lanes`. */
  readonly subscriptions = new Map<Subscription, readonly Cursor[]>();
  /** Number of subscriptions that are being placed; they keep the channel open too. */
  arriving = 0;
  /** Resolves once the heads have been read; undefined before anybody reads them. */
  opening: Promise<void> | undefined;
  /** Whether entries were added since the last `queueInto`, in the order of `lanes`. */
  readonly #isAppended = PRIORITIES.map(() => false);
  /** Number of entries added since then. */
  #appended = 0;
  #fanOuts = 0;
  #pausedUntil = 0;

  constructor(
    readonly name: string,
    totals: DeliveryTotals,
  ) {
    this.lanes = PRIORITIES.map((priority) => new Lane(name, priority, totals.lanes[priority]));
  }

  get isUsed(): boolean {
    return this.arriving > 0 || this.subscriptions.size > 0;
  }

  /** The most urgent lane with entries since the last `queueInto`. */
  get urgency(): Priority | undefined {
    return PRIORITIES[this.#isAppended.indexOf(true)];
  }

  add(subscription: Subscription, cursors: readonly Cursor[]): void {
    this.subscriptions.set(subscription, cursors);
    for (const { lane, next } of cursors) lane.enter(next);
  }

  remove(subscription: Subscription): void {
    for (const { lane, next } of this.subscriptions.get(subscription) ?? []) lane.leave(next);
    this.subscriptions.delete(subscription);
  }

  /** @param now in ms, on the clock of `Turns` */
  append(entry: LogEntry, now: number): void {
    const index = PRIORITIES.indexOf(entry.lane);
    const retainedBytes = Math.min(this.subscriptions.size * RETAINED_BYTES_EACH, RETAINED_BYTES_MAX);
    this.lanes[index]?.append(entry, retainedBytes, now);
    this.#isAppended[index] = true;
    this.#appended += 1;
  }

  /** The heads were read. Entries may have been appended meanwhile. */
  openAt(heads: LaneHeads): void {
    for (const lane of this.lanes) lane.growTo(heads[lane.priority]);
  }

  /** The store has entries up to this head. @returns number of those that are new */
  growTo(priority: Priority, head: LaneHead): number {
    const index = PRIORITIES.indexOf(priority);
    const lane = this.lanes[index];
    if (lane === undefined || head.offset <= lane.head) return 0;
    const grown = head.offset - lane.head;
    this.#isAppended[index] = true;
    this.#appended += grown;
    lane.growTo(head);
    return grown;
  }

  /** Milliseconds until new entries may be queued. High never waits. */
  pauseMs(now: number): number {
    return this.urgency === 'high' ? 0 : Math.max(0, this.#pausedUntil - now);
  }

  /**
   * Queues the subscriptions for the entries since the last call. A subscription that waits for room is not queued
   * again, so thousands that have stalled cost nothing.
   */
  queueInto(queue: FlushQueue, now: number): void {
    const { urgency } = this;
    if (urgency === undefined) return;
    const all = [...this.subscriptions];
    const start = Math.floor(((++this.#fanOuts * GOLDEN_RATIO) % 1) * all.length);
    for (let n = 0; n < all.length; n++) {
      const [subscription, cursors] = all[(start + n) % all.length] as [Subscription, readonly Cursor[]];
      // Only the cursors of lanes with new entries: each of ten thousand connections has many.
      let isNew = false;
      for (let lane = 0; lane < cursors.length; lane++) {
        if (this.#isAppended[lane] && subscription.expect(cursors[lane] as Cursor)) isNew = true;
      }
      if (isNew) queue.add(subscription, urgency);
    }
    if (all.length >= LARGE_FROM) this.#pausedUntil = now + Math.min(this.#appended * PAUSE_MS_EACH, PAUSE_MS_MAX);
    this.#appended = 0;
    this.#isAppended.fill(false);
  }
}
