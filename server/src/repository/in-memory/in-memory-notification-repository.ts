import { v4 as uuidv4 } from 'uuid';
import type { Notification, Priority } from '../../../../protocol/notification.js';
import {
  type AppendListener,
  type LaneHead,
  type LogEntry,
  NotificationRepository,
  type PageQuery,
} from '../notification-repository.js';

/** Share of the history that is dropped at once when it is full, so that trimming costs nothing per append. */
const TRIM_SHARE = 0.1;

/** A notification, and where it lies. */
interface Stored {
  readonly notification: Notification;
  readonly entries: readonly LogEntry[];
}

/** Keeps the newest `historyLimit` notifications (up to a tenth more between trims) for as long as the process lives. */
export class InMemoryNotificationRepository extends NotificationRepository {
  override readonly epoch = uuidv4();
  /** Ascending by id. */
  readonly #history: Stored[] = [];
  /** The same entries by channel and lane. */
  readonly #lanes = new Map<string, StoredLane>();
  readonly #listeners = new Set<AppendListener>();
  readonly #historyLimit: number;

  constructor(historyLimit: number) {
    super();
    this.#historyLimit = historyLimit;
  }

  override append(channels: readonly string[], notification: Notification): Promise<LogEntry[]> {
    const entries = channels.map((channel) => this.#lane(channel, notification.priority).add(channel, notification));
    // Ids ascend, so this looks at one notification, unless a clock was set back.
    const place = this.#history.findLastIndex((stored) => stored.notification.id < notification.id) + 1;
    this.#history.splice(place, 0, { notification, entries });
    this.#trim();
    for (const entry of entries) for (const listener of this.#listeners) listener(entry);
    return Promise.resolve(entries);
  }

  override head(channel: string, lane: Priority): Promise<LaneHead> {
    const stored = this.#lanes.get(laneKey(channel, lane));
    return Promise.resolve({ offset: stored?.head ?? 0, id: stored?.entries.at(-1)?.notification.id ?? null });
  }

  override read(channel: string, lane: Priority, from: number, limit: number): Promise<LogEntry[]> {
    const stored = this.#lanes.get(laneKey(channel, lane));
    const start = Math.max(0, from - (stored?.trimmed ?? 0) - 1);
    return Promise.resolve(stored?.entries.slice(start, start + limit) ?? []);
  }

  override page({ channels, limit, before }: PageQuery): Promise<Notification[]> {
    const asked = new Set(channels);
    const items: Notification[] = [];
    for (const { notification, entries } of this.#newestFirst()) {
      if (items.length === limit) break;
      const isOlder = before === undefined || notification.id < before;
      if (isOlder && entries.some(({ channel }) => asked.has(channel))) items.push(notification);
    }
    return Promise.resolve(items);
  }

  override onAppended(listener: AppendListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #lane(channel: string, priority: Priority): StoredLane {
    const key = laneKey(channel, priority);
    const lane = this.#lanes.get(key) ?? new StoredLane();
    this.#lanes.set(key, lane);
    return lane;
  }

  #trim(): void {
    const surplus = this.#history.length - this.#historyLimit;
    if (surplus <= this.#historyLimit * TRIM_SHARE) return;
    for (const { channel, lane, offset } of this.#history.splice(0, surplus).flatMap(({ entries }) => entries)) {
      this.#lane(channel, lane).trimTo(offset);
    }
    for (const lane of this.#lanes.values()) lane.dropTrimmed();
  }

  *#newestFirst(): Iterable<Stored> {
    for (let i = this.#history.length - 1; i >= 0; i--) {
      const stored = this.#history[i];
      if (stored !== undefined) yield stored;
    }
  }
}

function laneKey(channel: string, priority: Priority): string {
  return `${priority} ${channel}`;
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

  add(channel: string, notification: Notification): LogEntry {
    const entry: LogEntry = { channel, lane: notification.priority, offset: this.head + 1, notification };
    this.entries.push(entry);
    return entry;
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
