import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import type { LogEntry, NotificationRepository } from '../repository/notification-repository.js';
import type { Cursor } from './cursor.js';
import type { FlushQueue } from './flush-queue.js';
import { Lane } from './lane.js';
import type { Subscription } from './subscription.js';

/** A fan-out to more than this takes so long that it pays to rest behind it; see `FanOutPace`. */
const LARGE_FROM = 200;
/** Frames kept in each lane, for each subscription: ten thousand users have channels of their own. */
const RETAINED_BYTES_EACH = 64 * 1024;
const RETAINED_BYTES_MAX = 4 * 1024 * 1024;

/** A channel that someone here is subscribed to. */
export class Channel {
  readonly lanes: readonly Lane[];
  /** Each subscription's cursors here, in the order of `lanes`. */
  readonly subscriptions = new Map<Subscription, readonly Cursor[]>();
  /** Subscriptions that are being placed; they keep the channel open too. */
  arriving = 0;
  /** Whether entries were added since the last look, in the order of `lanes`. */
  readonly #isAppended = PRIORITIES.map(() => false);
  /** How many were. */
  #appended = 0;
  #turn = 0;
  #opened: Promise<void> | undefined;

  constructor(readonly name: string) {
    this.lanes = PRIORITIES.map((priority) => new Lane(name, priority));
  }

  get isUsed(): boolean {
    return this.arriving > 0 || this.subscriptions.size > 0;
  }

  get isLarge(): boolean {
    return this.subscriptions.size >= LARGE_FROM;
  }

  /** The most urgent of what was added since the last `queueInto`. */
  get urgency(): Priority | undefined {
    return PRIORITIES[this.#isAppended.indexOf(true)];
  }

  /** Learns where the lanes stand. Entries may be appended meanwhile. */
  open(repository: NotificationRepository): Promise<void> {
    this.#opened ??= this.#readHeads(repository).catch((error: unknown) => {
      // The next subscription tries again.
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  add(subscription: Subscription, cursors: readonly Cursor[]): void {
    this.subscriptions.set(subscription, cursors);
  }

  append(entry: LogEntry): void {
    const index = PRIORITIES.indexOf(entry.lane);
    this.lanes[index]?.append(entry, Math.min(this.subscriptions.size * RETAINED_BYTES_EACH, RETAINED_BYTES_MAX));
    this.#isAppended[index] = true;
    this.#appended += 1;
  }

  /**
   * Queues the subscriptions for what was added since the last call, beginning with another one each time, so that
   * nobody is always served last. Those that wait for room are not asked again: thousands that have stalled cost nothing.
   * Only the cursors of these lanes are touched: of ten thousand connections, each has many.
   * @returns how many entries were added
   */
  queueInto(queue: FlushQueue): number {
    const { urgency } = this;
    if (urgency === undefined) return 0;
    const all = [...this.subscriptions];
    this.#turn = (this.#turn + 1) % (all.length || 1);
    for (let n = 0; n < all.length; n++) {
      const [subscription, cursors] = all[(this.#turn + n) % all.length] as [Subscription, readonly Cursor[]];
      let isNew = false;
      for (let lane = 0; lane < cursors.length; lane++) {
        if (this.#isAppended[lane] && subscription.expect(cursors[lane] as Cursor)) isNew = true;
      }
      if (isNew) queue.add(subscription, urgency);
    }
    const entries = this.#appended;
    this.#appended = 0;
    this.#isAppended.fill(false);
    return entries;
  }

  async #readHeads(repository: NotificationRepository): Promise<void> {
    const heads = await Promise.all(this.lanes.map((lane) => repository.head(this.name, lane.priority)));
    heads.forEach((head, i) => this.lanes[i]?.startAt(head));
  }
}
