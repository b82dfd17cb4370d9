import { v4 as uuidv4 } from 'uuid';
import type { Notification, Priority } from '../../../../protocol/notification.js';
import { type AppendListener, type LogEntry, NotificationRepository, type PageQuery } from '../notification-repository.js';

/** Entries dropped at once when the history is full, so that trimming costs nothing per append. */
const TRIM_SHARE = 0.1;

/** Keeps the newest `historyLimit` entries (up to a tenth more between trims) for as long as the process lives. */
export class InMemoryNotificationRepository extends NotificationRepository {
  override readonly epoch = uuidv4();
  /** Ascending by id. */
  readonly #entries: LogEntry[] = [];
  readonly #heads = new Map<string, number>();
  readonly #listeners = new Set<AppendListener>();
  readonly #historyLimit: number;

  constructor(historyLimit: number) {
    super();
    this.#historyLimit = historyLimit;
  }

  override append(channel: string, notification: Notification): Promise<LogEntry> {
    const lane = notification.priority;
    const entry: LogEntry = { channel, lane, offset: this.#nextOffset(channel, lane), notification };
    // Ids ascend, so this looks at one entry, unless a clock was set back.
    const place = this.#entries.findLastIndex((stored) => stored.notification.id < notification.id) + 1;
    this.#entries.splice(place, 0, entry);
    this.#trim();
    for (const listener of this.#listeners) listener(entry);
    return Promise.resolve(entry);
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

  #nextOffset(channel: string, lane: Priority): number {
    const key = `${lane} ${channel}`;
    const offset = (this.#heads.get(key) ?? 0) + 1;
    this.#heads.set(key, offset);
    return offset;
  }

  #trim(): void {
    const surplus = this.#entries.length - this.#historyLimit;
    if (surplus > this.#historyLimit * TRIM_SHARE) this.#entries.splice(0, surplus);
  }

  *#newestFirst(): Iterable<LogEntry> {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry !== undefined) yield entry;
    }
  }
}
