import type { Notification } from '../../../../protocol/notification.js';
import { Expiries } from './expiries.js';
import { Keyed } from './keyed.js';
import { isLater, StoredNotification } from './stored-notification.js';

/** Comings and goings that are remembered for those who count. */
const EVENTS_MAX = 20_000;

/** A notification came (1), or went (-1). */
export interface IndexEvent {
  readonly stored: StoredNotification;
  readonly by: 1 | -1;
}

/** The notifications that are there, by id and by channel. */
export class NotificationIndex {
  readonly #byId = new Map<string, StoredNotification>();
  /** Ascending by id. */
  readonly #byChannel = new Map<string, StoredNotification[]>();
  readonly #keyed = new Keyed();
  readonly expiries = new Expiries();
  #events: IndexEvent[] = [];
  #forgotten = 0;

  /** Of comings and goings so far. */
  get eventCount(): number {
    return this.#forgotten + this.#events.length;
  }

  find(id: string): StoredNotification | undefined {
    return this.#byId.get(id);
  }

  /** The one that a notification takes the place of, by its sender and key. */
  findReplacedBy(notification: Notification): StoredNotification | undefined {
    return notification.key === undefined ? undefined : this.find(this.#keyed.find(notification) ?? '');
  }

  add(notification: Notification, channels: readonly string[]): void {
    const stored = new StoredNotification(notification, channels);
    this.#byId.set(stored.id, stored);
    for (const channel of channels) this.#insert(channel, stored);
    this.#keyed.add(notification);
    this.expiries.add(notification);
    this.#note({ stored, by: 1 });
  }

  /** Ids that are not there are ignored. */
  remove(ids: readonly string[]): void {
    const gone = new Set(ids.map((id) => this.#byId.get(id)).filter((stored) => stored !== undefined));
    for (const stored of gone) {
      this.#byId.delete(stored.id);
      this.#keyed.remove(stored.notification);
      this.expiries.remove(stored.id);
      this.#note({ stored, by: -1 });
    }
    for (const channel of new Set([...gone].flatMap(({ channels }) => channels))) {
      this.#byChannel.set(channel, this.#list(channel).filter((stored) => !gone.has(stored)));
    }
  }

  /** What came and went since there were `count` of them; undefined when that is too long ago to be known. */
  eventsSince(count: number): readonly IndexEvent[] | undefined {
    return count < this.#forgotten ? undefined : this.#events.slice(count - this.#forgotten);
  }

  /**
   * Shows what is in any of the channels, newest first and each once, until `visit` returns false.
   * @param upTo begin with this one, or what is older
   */
  walk(channels: readonly string[], upTo: string | undefined, visit: (stored: StoredNotification) => boolean): void {
    const lists = channels.map((channel) => this.#byChannel.get(channel) ?? []);
    const ends = lists.map((list) => (upTo === undefined ? list.length : countUpTo(list, upTo)));
    for (let last: StoredNotification | undefined; ; ) {
      let newest: StoredNotification | undefined;
      let source = 0;
      for (let i = 0; i < lists.length; i++) {
        const candidate = lists[i]?.[(ends[i] ?? 0) - 1];
        if (candidate === undefined || (newest !== undefined && !isLater(candidate, newest))) continue;
        newest = candidate;
        source = i;
      }
      if (newest === undefined) return;
      ends[source] = (ends[source] ?? 0) - 1;
      if (newest !== last && !visit(newest)) return;
      last = newest;
    }
  }

  #list(channel: string): StoredNotification[] {
    const list = this.#byChannel.get(channel) ?? [];
    this.#byChannel.set(channel, list);
    return list;
  }

  #insert(channel: string, stored: StoredNotification): void {
    const list = this.#list(channel);
    const last = list.at(-1);
    // Ids ascend, unless a clock was set back.
    if (last === undefined || isLater(stored, last)) list.push(stored);
    else list.splice(countUpTo(list, stored.id), 0, stored);
  }

  #note(event: IndexEvent): void {
    this.#events.push(event);
    if (this.#events.length <= EVENTS_MAX) return;
    this.#forgotten += EVENTS_MAX / 2;
    this.#events = this.#events.slice(EVENTS_MAX / 2);
  }
}

/** How many of an ascending list are not later than `id`. */
function countUpTo(list: readonly StoredNotification[], id: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.id ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
