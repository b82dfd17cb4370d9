import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { type Entry, laneOf } from '../../../../protocol/entries.js';
import type { Notification, Priority } from '../../../../protocol/notification.js';
import {
  type Addressed,
  type AppendListener,
  type LaneHead,
  type LogEntry,
  NotificationRepository,
} from '../notification-repository.js';
import { History, idOf } from './history.js';
import { NotificationIndex, sentBy } from './notification-index.js';
import { StoredLane } from './stored-lane.js';

/**
 * Keeps the newest `historyLimit` notifications for as long as the process lives, and as many other entries: so that
 * what is done with notifications does not push them out.
 */
export class InMemoryNotificationRepository extends NotificationRepository {
  override readonly epoch = uuidv4();
  readonly index: NotificationIndex;
  readonly #notifications: History;
  readonly #others: History;
  /** All entries, by channel and lane. */
  readonly #lanes = new Map<string, StoredLane>();
  readonly #listeners = new Set<AppendListener>();
  #onGone: (ids: readonly string[]) => void = () => undefined;

  constructor(historyLimit: number) {
    super();
    this.index = new NotificationIndex(historyLimit);
    this.#notifications = new History(historyLimit);
    this.#others = new History(historyLimit);
  }

  override appendAll(items: readonly Addressed[]): Promise<LogEntry[]> {
    const stored = items.map((item) => this.#replace(item));
    for (const one of stored.flat(2)) for (const listener of this.#listeners) listener(one);
    return Promise.resolve(stored.flatMap(([own]) => own));
  }

  override head(channel: string, lane: Priority): Promise<LaneHead> {
    const stored = this.#lanes.get(laneKey(channel, lane));
    return Promise.resolve({ offset: stored?.head ?? 0, id: stored?.entries.at(-1)?.data.id ?? null });
  }

  override read(channel: string, lane: Priority, from: number, limit: number): Promise<LogEntry[]> {
    const stored = this.#lanes.get(laneKey(channel, lane));
    const start = Math.max(0, from - (stored?.trimmed ?? 0) - 1);
    return Promise.resolve(stored?.entries.slice(start, start + limit) ?? []);
  }

  override find(id: string): Promise<Notification | undefined> {
    return Promise.resolve(this.index.find(id)?.notification);
  }

  override sentBy(sender: string, limit: number, before?: string): Promise<Notification[]> {
    const found: Notification[] = [];
    const isOlder = ({ id }: { id: string }): boolean => id !== before;
    this.index.walk([sentBy(sender)], before, isOlder, ({ notification }) => {
      found.push(notification);
      return found.length < limit;
    });
    return Promise.resolve(found);
  }

  override nextExpiry(after: string): Promise<string | undefined> {
    return Promise.resolve(this.index.expiries.next(after));
  }

  override expiredBy(now: string): Promise<Notification[]> {
    return Promise.resolve(this.index.expiries.by(now));
  }

  override onAppended(listener: AppendListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells an adapter beside this one which notifications are no longer found. */
  onGone(listener: (ids: readonly string[]) => void): void {
    this.#onGone = listener;
  }

  /** @returns the item's own entries, and those that tell others that what it replaces is gone */
  #replace(item: Addressed): [LogEntry[], LogEntry[]] {
    const { channels, entry } = item;
    const replaced = entry.event === 'notification' ? this.index.findReplacedBy(entry.data) : undefined;
    if (replaced === undefined || entry.event !== 'notification') return [this.#store(item), []];
    const { id, notification, channels: before } = replaced;
    this.#drop(id);
    const own = this.#store({ channels, entry: { event: 'notification', data: { ...entry.data, replaces: id } } });
    const left = before.filter((channel) => !channels.includes(channel));
    const data = { id: uuidv7(), lane: notification.priority, notificationId: id };
    return [own, left.length === 0 ? [] : this.#store({ channels: left, entry: { event: 'retract', data } })];
  }

  #store({ channels, entry }: Addressed): LogEntry[] {
    const lane = laneOf(entry.data);
    const appended = channels.map((channel) => this.#lane(channel, lane).add(channel, lane, entry));
    this.#keep(entry, appended);
    return appended;
  }

  #keep({ event, data }: Entry, appended: readonly LogEntry[]): void {
    const history = event === 'notification' ? this.#notifications : this.#others;
    history.add(appended);
    if (event === 'notification') this.index.add(data, appended.map(({ channel }) => channel));
    if (event === 'retract') this.#drop(data.notificationId);
    this.#trim(history);
  }

  /** Its entries stay in their lanes for those who resume, and count among the others: else nothing would ever trim them. */
  #drop(id: string): void {
    this.index.remove([id]);
    this.#onGone([id]);
    const dropped = this.#notifications.remove(id);
    if (dropped === undefined) return;
    this.#others.add(dropped);
    this.#trim(this.#others);
  }

  #lane(channel: string, priority: Priority): StoredLane {
    const key = laneKey(channel, priority);
    const lane = this.#lanes.get(key) ?? new StoredLane();
    this.#lanes.set(key, lane);
    return lane;
  }

  #trim(history: History): void {
    const dropped = history.trim();
    if (dropped.length === 0) return;
    if (history === this.#notifications) {
      this.index.remove(dropped.map(idOf));
      this.#onGone(dropped.map(idOf));
    }
    for (const { channel, lane, offset } of dropped.flat()) this.#lane(channel, lane).trimTo(offset);
    for (const lane of this.#lanes.values()) lane.dropTrimmed();
  }
}

function laneKey(channel: string, priority: Priority): string {
  return `${priority} ${channel}`;
}
