import type { Notification } from '../../../../protocol/notification.js';
import { Expiries } from './expiries.js';
import { Keyed } from './keyed.js';
import { isLater, StoredNotification } from './stored-notification.js';

/** Comings and goings that are remembered for those who count, unless the history is shorter: each keeps its notification. */
const EVENTS_MAX = 20_000;

export type Condition = (stored: StoredNotification) => boolean;

/** A notification came (1), or went (-1). */
export interface IndexEvent {
  readonly stored: StoredNotification;
  readonly by: 1 | -1;
}

/** The notifications that are there, by id and by channel. */
export class NotificationIndex {
  readonly #byId = new Map<string, StoredNotification>();
  /** By channel, and by sender; ascending by id. */
  readonly #byChannel = new Map<string, StoredNotification[]>();
  readonly #keyed = new Keyed();
  readonly expiries = new Expiries();
  readonly #eventsMax: number;
  #events: IndexEvent[] = [];
  #forgotten = 0;

  constructor(historyLimit: number) {
    this.#eventsMax = Math.min(historyLimit, EVENTS_MAX);
  }

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
    for (const list of listsOf(stored)) this.#insert(list, stored);
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
    for (const channel of new Set([...gone].flatMap(listsOf))) {
      this.#byChannel.set(channel, this.#list(channel).filter((stored) => !gone.has(stored)));
    }
  }

  /** What came and went since there were `count` of them; undefined when that is too long ago to be known. */
  eventsSince(count: number): readonly IndexEvent[] | undefined {
    return count < this.#forgotten ? undefined : this.#events.slice(count - this.#forgotten);
  }

  /**
   * Shows what is in any of the channels and matches, newest first and each once, until `visit` returns false.
   * @param upTo begin with this one, or what is older
   */
  walk(channels: readonly string[], upTo: string | undefined, matches: Condition, visit: Condition): void {
    let heads = channels.flatMap((channel) => headOf(this.#byChannel.get(channel) ?? [], upTo, matches) ?? []);
    for (let last: StoredNotification | undefined; heads.length > 0; ) {
      const head = latest(heads);
      const { stored } = head;
      if (stored !== last && !visit(stored)) return;
      last = stored;
      if (!advance(head, matches)) heads = heads.filter((one) => one !== head);
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
    if (this.#events.length <= this.#eventsMax) return;
    const forgotten = Math.ceil(this.#eventsMax / 2);
    this.#forgotten += forgotten;
    this.#events = this.#events.slice(forgotten);
  }
}

/** Name of the list of what one has sent; no channel has a space. */
export const sentBy = (sender: string): string => `sent by ${sender}`;

const listsOf = ({ channels, notification }: StoredNotification): string[] => [...channels, sentBy(notification.sender)];

/** Where a walk is in one channel. */
interface Head {
  readonly list: readonly StoredNotification[];
  at: number;
  stored: StoredNotification;
  time: number;
}

function headOf(list: readonly StoredNotification[], upTo: string | undefined, matches: Condition): Head | undefined {
  const at = lastMatch(list, upTo === undefined ? list.length : countUpTo(list, upTo), matches);
  const stored = list[at];
  return stored === undefined ? undefined : { list, at, stored, time: stored.time };
}

/** @returns false at the end */
function advance(head: Head, matches: Condition): boolean {
  const at = lastMatch(head.list, head.at, matches);
  const stored = head.list[at];
  if (stored === undefined) return false;
  head.at = at;
  head.stored = stored;
  head.time = stored.time;
  return true;
}

/** What does not match is passed over here, channel by channel, since to merge the channels costs more than a look. */
function lastMatch(list: readonly StoredNotification[], before: number, matches: Condition): number {
  for (let at = before - 1; at >= 0; at--) if (matches(list[at] as StoredNotification)) return at;
  return -1;
}

function latest(heads: readonly Head[]): Head {
  let found = heads[0] as Head;
  for (const head of heads) {
    if (head.time > found.time || (head.time === found.time && head.stored.id > found.stored.id)) found = head;
  }
  return found;
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
