import type { Entry, Notification, PreferencesEntry, Priority, RetractEntry, StateEntry } from '@herald/protocol';

/** One place in the log. `offset` is dense from 1 within its channel and lane; a lane is a priority. */
export interface Place {
  readonly channel: string;
  readonly lane: Priority;
  readonly offset: number;
}

/** Consecutive offsets of one lane, from `from` to `to`. */
export interface Stretch {
  readonly channel: string;
  readonly lane: Priority;
  readonly from: number;
  readonly to: number;
}

/** An entry at one of its places. Its id is `data.id`. */
export type LogEntry = Readonly<Entry> & Place;

/** A stored entry, and its place in each of its channels, in their order. */
export interface Stored {
  readonly entry: Readonly<Entry>;
  readonly places: readonly Place[];
}

/** A notification as it is handed to the store, which gives it an id and an instant, and finds the one it replaces. */
export type NewNotification = Omit<Notification, 'id' | 'createdAt' | 'replaces'>;

/** An entry as it is handed to the store, which gives it an id. */
export type NewEntry =
  | { readonly event: 'notification'; readonly data: NewNotification }
  | { readonly event: 'state'; readonly data: Omit<StateEntry['data'], 'id'> }
  | { readonly event: 'retract'; readonly data: Omit<RetractEntry['data'], 'id'> }
  | { readonly event: 'preferences'; readonly data: Omit<PreferencesEntry['data'], 'id'> };

/** A new entry, and the channels it goes to: at least one, each once. */
export interface Addressed {
  readonly channels: readonly string[];
  readonly entry: NewEntry;
}

/** The newest entry of a lane. An empty lane has offset 0 and no id. */
export interface LaneHead {
  readonly offset: number;
  readonly id: string | null;
}

export type AppendListener = (stored: Stored) => void;

/**
 * The log of notifications, and of everything that happens to them. Every adapter guarantees:
 * - `appendAll` resolves only after the entries are stored, all in all of their channels or none in any, and offsets
 *   never skip or repeat within an epoch.
 * - the store gives each entry its id, larger than all before it, also when the clock was set back; and each notification
 *   the instant at which it was stored.
 * - listeners hear of every entry once, in offset order within each lane, also of those that another process appended.
 *   The entry, and all that were appended with it, are stored by then. A listener must not throw.
 * - a notification with a `key` replaces the one that its sender stored with that key, if that still exists: it has
 *   `replaces`, and the other is removed. An entry `retract` is appended to the channels that only the other is in.
 * - `find` finds a notification until it is retracted or replaced, or retention removes it.
 * - `read` returns consecutive entries; where the oldest are gone, it begins with the oldest there is.
 */
export abstract class NotificationRepository {
  /** Names one life of the offsets; another epoch means that numbering began anew. */
  abstract readonly epoch: string;
  /**
   * Stores entries together, and appends each, in order, to its lane in each of its channels.
   * @returns each item as stored, in their order, without the retractions that replacements cause
   */
  abstract appendAll(items: readonly Addressed[]): Promise<Stored[]>;
  /** Stores one entry. @param channels at least one, each once */
  async append(channels: readonly string[], entry: NewEntry): Promise<Stored> {
    const [stored] = await this.appendAll([{ channels, entry }]);
    if (stored === undefined) throw new Error('appendAll answers each item');
    return stored;
  }

  /**
   * Removes a notification, and appends an entry `retract` to each of its channels, in its lane.
   * @returns false if it is not there (any more), and then nothing is appended
   */
  abstract retract(id: string): Promise<boolean>;

  abstract head(channel: string, lane: Priority): Promise<LaneHead>;
  /**
   * Entries of a lane from offset `from` on, in order: the first, and then as many as fit.
   * @param limit number of entries at most
   * @param bytes of all entries as JSON in UTF-8; only a first entry that is larger exceeds them
   */
  abstract read(channel: string, lane: Priority, from: number, limit: number, bytes?: number): Promise<LogEntry[]>;
  abstract find(id: string): Promise<Notification | undefined>;
  /** The stored notifications of a sender, newest first, only those older than the id `before`. */
  abstract sentBy(sender: string, limit: number, before?: string): Promise<Notification[]>;
  /** When the first notification later than `after` expires, ISO 8601; undefined while none does. */
  abstract nextExpiry(after: string): Promise<string | undefined>;
  /** Up to `limit` stored notifications that have expired by `now`, soonest first. */
  abstract expiredBy(now: string, limit: number): Promise<Notification[]>;
  /** @returns a function that ends the subscription */
  abstract onAppended(listener: AppendListener): () => void;
}
