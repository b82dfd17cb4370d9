import { v4 as uuidv4 } from 'uuid';
import type { Notification, Priority } from '../../../../protocol/notification.js';
import {
  type AppendListener,
  type LaneHead,
  type LogEntry,
  NotificationRepository,
  type PageQuery,
} from '../notification-repository.js';

/** Entries dropped at once when the history is full, so that trimming costs nothing per append. */
const TRIM_SHARE = 0.1;

/** Keeps the newest `historyLimit` entries (up to a tenth more between trims) for as long as the process lives. */
export class InMemoryNotificationRepository extends NotificationRepository {
  override readonly epoch = uuidv4();
  /** Ascending by id. */
  readonly #entries: LogEntry[] = [];
  /** The same entries by channel and lane. */
  readonly #lanes = new Map<string, StoredLane>();
  readonly #listeners = new Set<AppendListener>();
  readonly #historyLimit: number;

  constructor(historyLimit: number) {
    super();
    this.#historyLimit = historyLimit;
  }

  override append(channel: string, notification: Notification): Promise<LogEntry> {
    const lane = this.#lane(channel, notification.priority);
    const entry: LogEntry = { channel, lane: notification.priority, offset: lane.head + 1, notification };
    // Ids ascend, so this looks at one entry, unless a clock was set back.
    const place = this.#entries.findLastIndex((stored) => stored.notification.id < notification.id) + 1;
    this.#entries.splice(place, 0, entry);
    lane.entries.push(entry);
    this.#trim();
    for (const listener of this.#listeners) listener(entry);
    return Promise.resolve(entry);
  }

  override head(channel: string, lane: Priority): Promise<LaneHead> {
    const stored = this.#lane(channel, lane);
    return Promise.resolve({ offset: stored.head, id: stored.entries.at(-1)?.notification.id ?? null });
  }

  override read(channel: string, lane: Priority, from: number, limit: number): Promise<LogEntry[]> {
    const { entries, trimmed } = this.#lane(channel, lane);
    const start = Math.max(0, from - trimmed - 1);
    return Promise.resolve(entries.slice(start, start + limit));
  }

  override page({ channels, limit, before }: PageQuery): Promise<Notification[]> {
    const items: Notification[] = [];
    for (const { channel, notification } of this.#newestFirst()) {
      if (items.length === limit) break;
      const isOlder = before === undefined || notification.id < before;
      if (isOlder && channels.includes(channel)) items.push(notification);
    }
    return Promise.resolve(items);
  }

  override onAppended(listener: AppendListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #lane(channel: string, priority: Priority): StoredLane {
    const key = `${priority} ${channel}`;
    const lane = this.#lanes.get(key) ?? new StoredLane();
    this.#lanes.set(key, lane);
    return lane;
  }

  #trim(): void {
    const surplus = this.#entries.length - this.#historyLimit;
    if (surplus <= this.#historyLimit * TRIM_SHARE) return;
    for (const { channel, lane, offset } of this.#entries.splice(0, surplus)) this.#lane(channel, lane).trimTo(offset);
    for (const lane of this.#lanes.values()) lane.dropTrimmed();
  }

  *#newestFirst(): Iterable<LogEntry> {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry !== undefined) yield entry;
    }
  }
}

/** Entries of one channel and lane; the first has offset `trimmed + 1`. */
class StoredLane {
  readonly entries: LogEntry[] = [];
  /** Offsets that are gone. */
  trimmed = 0;
  #trimTo = 0;

  get head(): number {
    return this.trimmed + this.entries.length;
  }

  trimTo(offset: number): void {
    this.#trimTo = Math.max(this.#trimTo, offset);
  }

  dropTrimmed(): void {
    const count = this.#trimTo - this.trimmed;
    if (count <= 0) return;
    this.entries.splice(0, count);
    this.trimmed += count;
  }
}
