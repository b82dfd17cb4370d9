import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import type { LogEntry, NotificationRepository } from '../repository/notification-repository.js';
import { Lane } from './lane.js';
import type { Subscription } from './subscription.js';

/** A fan-out to more than this takes so long that it pays to rest behind it; see `FanOutPace`. */
const LARGE_FROM = 200;
/** Frames kept in each lane: the more there are to share them, the more. Ten thousand users have channels of their own. */
const RETAINED_BYTES_EACH = 64 * 1024;
const RETAINED_BYTES_MAX = 4 * 1024 * 1024;

/** A channel that someone here is subscribed to. */
export class Channel {
  readonly lanes: readonly Lane[];
  readonly subscriptions = new Set<Subscription>();
  /** Subscriptions that are being placed; they keep the channel open too. */
  arriving = 0;
  /** Whether entries were added since the last look, and the most urgent of them. */
  #urgency: Priority | undefined;
  #turn = 0;
  #opened: Promise<void> | undefined;

  constructor(readonly name: string) {
    this.lanes = PRIORITIES.map((priority) => new Lane(name, priority));
  }

  get isDeserted(): boolean {
    return this.arriving === 0 && this.subscriptions.size === 0;
  }

  get isLarge(): boolean {
    return this.subscriptions.size >= LARGE_FROM;
  }

  /** The most urgent of what was added since the last `takeUrgency`. */
  get urgency(): Priority | undefined {
    return this.#urgency;
  }

  /** Learns where the lanes stand. Entries may be appended meanwhile. */
  open(repository: NotificationRepository): Promise<void> {
    this.#opened ??= this.#readHeads(repository);
    return this.#opened;
  }

  append(entry: LogEntry): void {
    const sharers = Math.max(1, this.subscriptions.size);
    this.lane(entry.lane).append(entry, Math.min(sharers * RETAINED_BYTES_EACH, RETAINED_BYTES_MAX));
    if (this.#urgency !== 'high') this.#urgency = entry.lane;
  }

  lane(priority: Priority): Lane {
    return this.lanes[PRIORITIES.indexOf(priority)] as Lane;
  }

  /** The urgency of what was added since the last call; undefined when there is nothing. */
  takeUrgency(): Priority | undefined {
    const urgency = this.#urgency;
    this.#urgency = undefined;
    return urgency;
  }

  /** All subscriptions, beginning with another one each time, so that nobody is always served last. */
  inTurn(): Subscription[] {
    const all = [...this.subscriptions];
    this.#turn = (this.#turn + 1) % (all.length || 1);
    return [...all.slice(this.#turn), ...all.slice(0, this.#turn)];
  }

  async #readHeads(repository: NotificationRepository): Promise<void> {
    const heads = await Promise.all(this.lanes.map((lane) => repository.head(this.name, lane.priority)));
    heads.forEach((head, i) => this.lanes[i]?.startAt(head));
  }
}
