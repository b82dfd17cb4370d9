import type { Notification } from '@herald/protocol';
import { loopShare } from '../../timing/loop-share.js';
import { DueList } from './due-list.js';
import { Keyed } from './keyed.js';
import { SortedList } from './sorted-list.js';
import { byAge, StoredNotification } from './stored-notification.js';
import { type Condition, Walk } from './walk.js';

/** Events kept for inboxes that follow the index; fewer if the history is shorter. */
const EVENTS_MAX = 20_000;

/** A notification was added (1) or removed (-1). Holds no text, so that the memory of a removed one is free. */
export interface IndexEvent {
  readonly id: string;
  readonly time: number;
  readonly category: string;
  readonly requiresAck: true | undefined;
  readonly channels: readonly string[];
  readonly by: 1 | -1;
}

/** The stored notifications, by id, channel and sender. */
export class NotificationIndex {
  readonly #byId = new Map<string, StoredNotification>();
  /** Lists by channel and by sender. */
  readonly #lists = new Map<string, SortedList<StoredNotification>>();
  readonly #keyed = new Keyed();
  readonly expiries = new DueList<Notification>();
  /** Notifications whose texts are not prepared for searches yet. */
  readonly #unprepared = new Set<StoredNotification>();
  readonly #eventsMax: number;
  #events: IndexEvent[] = [];
  #forgotten = 0;

  constructor(historyLimit: number) {
    this.#eventsMax = Math.min(historyLimit, EVENTS_MAX);
  }

  /** Number of additions and removals so far. */
  get eventCount(): number {
    return this.#forgotten + this.#events.length;
  }

  /** Number of lists, for channels and for senders. */
  get listCount(): number {
    return this.#lists.size;
  }

  /** All notifications, the oldest first. They may be added and removed meanwhile. */
  all(): Iterable<StoredNotification> {
    return this.#byId.values();
  }

  find(id: string): StoredNotification | undefined {
    return this.#byId.get(id);
  }

  /** The stored notification with the same sender and key. */
  findReplacedBy(notification: Pick<Notification, 'sender' | 'key'>): StoredNotification | undefined {
    return notification.key === undefined ? undefined : this.find(this.#keyed.find(notification) ?? '');
  }

  add(notification: Notification, channels: readonly string[]): void {
    const stored = new StoredNotification(notification, channels);
    this.#byId.set(stored.id, stored);
    for (const name of listsOf(stored)) this.#list(name).add(stored);
    this.#keyed.add(notification);
    if (notification.expiresAt !== undefined) this.expiries.set(stored.id, notification.expiresAt, notification);
    this.#note(stored, 1);
    this.#unprepared.add(stored);
    if (this.#unprepared.size === 1) void this.#prepareTexts();
  }

  /** Ignores unknown ids. */
  remove(id: string): void {
    const stored = this.#byId.get(id);
    if (stored === undefined) return;
    this.#byId.delete(id);
    for (const name of listsOf(stored)) this.#removeFrom(name, stored);
    this.#keyed.remove(stored.notification);
    this.expiries.delete(id);
    this.#unprepared.delete(stored);
    stored.releaseText();
    this.#note(stored, -1);
  }

  /** Additions and removals after the first `count`; undefined if the oldest of them are no longer kept. */
  eventsSince(count: number): readonly IndexEvent[] | undefined {
    return count < this.#forgotten ? undefined : this.#events.slice(count - this.#forgotten);
  }

  /**
   * Begins a walk through the matching notifications in any of these lists, newest first and without duplicates.
   * @param upTo begin with this one, or what is older
   */
  walk(names: readonly string[], upTo: string | undefined, matches: Condition): Walk {
    const lists = names.flatMap((name) => this.#lists.get(name) ?? []);
    return new Walk(lists, upTo, matches, (stored) => this.#byId.get(stored.id) === stored);
  }

  /** Prepares texts within the share of each turn of the event loop. A search prepares the rest on its own. */
  async #prepareTexts(): Promise<void> {
    for (const stored of this.#unprepared) {
      stored.prepareText();
      await loopShare.pause();
      this.#unprepared.delete(stored);
    }
  }

  #list(name: string): SortedList<StoredNotification> {
    const list = this.#lists.get(name) ?? new SortedList(byAge);
    this.#lists.set(name, list);
    return list;
  }

  #removeFrom(name: string, stored: StoredNotification): void {
    const list = this.#list(name);
    list.remove(stored);
    if (list.size === 0) this.#lists.delete(name);
  }

  #note({ id, time, notification, channels }: StoredNotification, by: 1 | -1): void {
    const { category, requiresAck } = notification;
    this.#events.push({ id, time, category, requiresAck, channels, by });
    if (this.#events.length <= this.#eventsMax) return;
    const forgotten = Math.ceil(this.#eventsMax / 2);
    this.#forgotten += forgotten;
    this.#events = this.#events.slice(forgotten);
  }
}

/** Name of the list of a sender's notifications, which no channel can have. */
export const sentBy = (sender: string): string => `sent by ${sender}`;

const listsOf = ({ channels, notification }: StoredNotification): string[] => [
  ...channels,
  sentBy(notification.sender),
];
