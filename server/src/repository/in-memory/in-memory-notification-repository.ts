import { type Entry, laneOf, type Notification, type Priority } from '@herald/protocol';
import { v4 as uuidv4 } from 'uuid';
import {
  type Addressed,
  type EntryIds,
  type Heads,
  type LogEntry,
  type LogListener,
  type LogPage,
  type NewEntry,
  NotificationRepository,
  type Place,
  type Stored,
} from '../notification-repository.js';
import { loopShare } from '../../timing/loop-share.js';
import { firstWithin } from '../first-within.js';
import { firstIdAt } from '../ids-by-time.js';
import { ID_BEFORE_ALL, newId } from '../new-id.js';
import type { KeyedRequest } from '../request-repository.js';
import { entryBytes } from '../entry-cost.js';
import { shareOf } from '../share-of.js';
import { History, type HistoryItem } from './history.js';
import { InMemoryRequestRepository } from './in-memory-request-repository.js';
import { NotificationIndex, sentBy } from './notification-index.js';
import { StoredLanes } from './stored-lanes.js';
import type { StoredNotification } from './stored-notification.js';

/** Default memory of the history, in bytes. */
const HISTORY_BYTES = 256 * 1024 * 1024;
/** Share for notifications; the rest is for changes of state, retractions, and replaced or retracted notifications. */
const NOTIFICATIONS_SHARE = 0.75;
/** Charge for an emptied entry, and for each of its places. */
const EMPTIED_BYTES = 200;
const EMPTIED_PLACE_BYTES = 100;

/**
 * Keeps the newest `historyLimit` notifications for as long as the process lives, and as many other entries: so that
 * other entries do not push out notifications. Both together take about `historyBytes` of memory. When a part is full,
 * the sender with the largest share loses their oldest notification, or the channel with the largest share its oldest
 * other entry. A dropped entry leaves a `retract` in its place while its lane holds older entries.
 */
export class InMemoryNotificationRepository extends NotificationRepository {
  readonly epoch = uuidv4();
  readonly index: NotificationIndex;
  readonly #notifications: History;
  readonly #others: History;
  /** The latest `preferences` entry of each channel: clients need no earlier one. */
  readonly #preferences = new Map<string, HistoryItem>();
  readonly #lanes = new StoredLanes();
  readonly #listeners = new Set<LogListener>();
  #latestId = ID_BEFORE_ALL;
  #onGone: (ids: readonly string[]) => void = () => undefined;

  constructor(
    historyLimit: number,
    historyBytes = HISTORY_BYTES,
    private readonly requests = new InMemoryRequestRepository(),
  ) {
    super();
    this.index = new NotificationIndex(historyLimit);
    this.#notifications = new History({ count: historyLimit, bytes: historyBytes * NOTIFICATIONS_SHARE });
    this.#others = new History({ count: historyLimit, bytes: historyBytes * (1 - NOTIFICATIONS_SHARE) });
  }

  override appendAll(items: readonly Addressed[], request?: KeyedRequest): Promise<Stored[]> {
    return new Promise((resolve) => resolve(this.requests.once(request, () => this.appendNow(items), answersIn)));
  }

  /** As `appendAll`, for another adapter that changes its own data in the same turn. */
  appendNow(items: readonly Addressed[]): Stored[] {
    const stored = items.map((item) => this.#replace(item));
    for (const one of stored.flat()) for (const listener of this.#listeners) listener.appended(one, this.epoch);
    return stored.map(([own]) => own);
  }

  /** Id of the newest entry; smaller than all ids while there is none. */
  get latestId(): string {
    return this.#latestId;
  }

  override retract(id: string): Promise<boolean> {
    const stored = this.index.find(id);
    if (stored === undefined) return Promise.resolve(false);
    const { channels, notification } = stored;
    const data = { lane: notification.priority, notificationId: id };
    this.appendNow([{ channels, entry: { event: 'retract', data } }]);
    return Promise.resolve(true);
  }

  override heads(channels: readonly string[]): Promise<Heads> {
    return Promise.resolve({
      epoch: this.epoch,
      channels: new Map(channels.map((channel) => [channel, this.#lanes.headsOf(channel)])),
    });
  }

  override idsAt(places: readonly Place[]): Promise<EntryIds> {
    const idAt = ({ channel, lane, offset }: Place) => this.#lanes.find(channel, lane)?.idAt(offset) ?? null;
    return Promise.resolve({ epoch: this.epoch, ids: places.map(idAt) });
  }

  override read(channel: string, lane: Priority, from: number, limit: number, bytes?: number): Promise<LogPage> {
    const entries = this.#lanes.find(channel, lane)?.read(from, limit) ?? [];
    return Promise.resolve({ epoch: this.epoch, entries: bytes === undefined ? entries : firstWithin(bytes, entries) });
  }

  override find(id: string): Promise<Notification | undefined> {
    return Promise.resolve(this.index.find(id)?.notification);
  }

  override sentBy(senders: readonly string[], limit: number, before?: string): Promise<Notification[]> {
    const found: Notification[] = [];
    const isOlder = ({ id }: { id: string }): boolean => id !== before;
    const visit = ({ notification }: StoredNotification): boolean => found.push(notification) < limit;
    this.index.walk(senders.map(sentBy), before, isOlder).run(visit, () => false);
    return Promise.resolve(found);
  }

  override nextExpiry(after: string): Promise<string | undefined> {
    return Promise.resolve(this.index.expiries.nextAfter(after));
  }

  override expiredBy(now: string, limit: number): Promise<Notification[]> {
    return Promise.resolve(this.index.expiries.by(now, limit));
  }

  override async dropBefore(instant: string): Promise<void> {
    const end = firstIdAt(instant);
    // The oldest first, whoever sent them: then none leaves a `retract` behind older ones in its lanes.
    for (const { id, notification } of this.index.all()) {
      if (id >= end) break;
      const dropped = this.#notifications.remove(shareOf(notification), id);
      if (dropped !== undefined) this.#forget(dropped);
      await loopShare.pause();
    }
    for (const dropped of this.#others.takeBefore(end)) {
      this.#forgetOther(dropped);
      await loopShare.pause();
    }
  }

  override follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reports notifications that are no longer found to another adapter. */
  onGone(listener: (ids: readonly string[]) => void): void {
    this.#onGone = listener;
  }

  /**
   * @returns the item as stored, and perhaps a retraction of its predecessor in the channels that the item is not in
   */
  #replace({ channels, entry }: Addressed): [Stored, ...Stored[]] {
    const replaced = entry.event === 'notification' ? this.index.findReplacedBy(entry.data) : undefined;
    if (replaced === undefined) return [this.#store(channels, entry)];
    const { id, notification, channels: before } = replaced;
    this.#drop(replaced);
    const own = this.#store(channels, entry, { replaces: id });
    const left = before.filter((channel) => !channels.includes(channel));
    const data = { lane: notification.priority, notificationId: id };
    return left.length === 0 ? [own] : [own, this.#store(left, { event: 'retract', data })];
  }

  #store(channels: readonly string[], draft: NewEntry, fields: Pick<Notification, 'replaces'> = {}): Stored {
    const entry = stamped(draft, fields);
    this.#latestId = entry.data.id;
    const lane = laneOf(entry.data);
    const appended = channels.map((channel) => this.#lanes.open(channel, lane).add(channel, lane, entry));
    this.#keep(entry, appended, channels);
    return { entry, places: appended };
  }

  #keep(entry: Entry, appended: readonly LogEntry[], channels: readonly string[]): void {
    const { event, data } = entry;
    const owner = event === 'notification' ? shareOf(data) : (channels[0] ?? '');
    const kept = { id: data.id, owner, appended, bytes: entryBytes(entry, channels.length) };
    if (event === 'notification') {
      this.index.add(data, channels);
      for (const dropped of this.#notifications.add(kept)) this.#forget(dropped);
      return;
    }
    if (event === 'retract') this.#drop(this.index.find(data.notificationId));
    if (event === 'preferences') this.#forgetEarlierPreferences(owner, kept);
    this.#keepOther(kept);
  }

  #keepOther(kept: HistoryItem): void {
    for (const dropped of this.#others.add(kept)) this.#forgetOther(dropped);
  }

  #forgetOther(dropped: HistoryItem): void {
    if (this.#preferences.get(dropped.owner) === dropped) this.#preferences.delete(dropped.owner);
    for (const { channel, lane, offset } of dropped.appended) {
      this.#lanes.find(channel, lane)?.trimTo(offset);
      this.#lanes.noteTrimmed(channel, lane);
    }
  }

  /**
   * Removes a notification from the index. Its log entries stay readable for clients that resume, but move to the
   * history of other entries, so that retention still trims them.
   */
  #drop(stored: StoredNotification | undefined): void {
    if (stored === undefined) return;
    const { id, notification, channels } = stored;
    this.index.remove(id);
    this.#onGone([id]);
    const dropped = this.#notifications.remove(shareOf(notification), id);
    if (dropped !== undefined) this.#keepOther({ ...dropped, owner: channels[0] ?? '' });
  }

  /** Forgets a displaced entry. Its content goes at once, and its places as soon as their lanes hold nothing older. */
  #forget({ id, owner, appended }: HistoryItem): void {
    this.index.remove(id);
    this.#onGone([id]);
    const left = appended.filter(({ channel, lane, offset }) => {
      const stored = this.#lanes.find(channel, lane);
      stored?.trimTo(offset, (entry) => this.index.find(entry.data.id) !== undefined);
      this.#lanes.noteTrimmed(channel, lane);
      return stored?.has(offset);
    });
    if (left.length > 0) this.#keepOther(this.#emptied(id, sentBy(owner), left));
  }

  #forgetEarlierPreferences(channel: string, latest: HistoryItem): void {
    const earlier = this.#preferences.get(channel);
    this.#preferences.set(channel, latest);
    if (earlier === undefined || this.#others.remove(channel, earlier.id) === undefined) return;
    this.#keepOther(this.#emptied(earlier.id, channel, earlier.appended));
  }

  /** Replaces the entries in these places by `retract` entries. Trimmed places stay trimmed. */
  #emptied(id: string, owner: string, places: readonly LogEntry[]): HistoryItem {
    const appended = places.flatMap(({ channel, lane, offset }) => {
      const entry: Entry = { event: 'retract', data: { id, lane, notificationId: id } };
      return this.#lanes.find(channel, lane)?.replace(offset, entry) ?? [];
    });
    return { id, owner, appended, bytes: EMPTIED_BYTES + appended.length * EMPTIED_PLACE_BYTES };
  }
}

function answersIn(stored: readonly Stored[]): Notification[] {
  return stored.flatMap(({ entry }) => (entry.event === 'notification' ? [entry.data] : []));
}

function stamped({ event, data }: NewEntry, fields: Pick<Notification, 'replaces'>): Entry {
  const id = newId();
  const given = event === 'notification' ? { id, createdAt: new Date().toISOString(), ...fields } : { id };
  // First, where people look for the id in the JSON, and last, since the store decides. The compiler loses that `event`
  // and `data` belong together.
  return { event, data: { ...given, ...data, ...given } } as Entry;
}
