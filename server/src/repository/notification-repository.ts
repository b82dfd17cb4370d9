import type { Entry, Notification, PreferencesEntry, Priority, RetractEntry, StateEntry } from '@herald/protocol';
import type { KeyedRequest } from './request-repository.js';

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

/** A stored entry, and the same at its place in each of its channels, in their order. */
export interface Stored {
  readonly entry: Readonly<Entry>;
  readonly places: readonly LogEntry[];
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

/**
 * The newest entry of a lane: offset 0 in a lane that was never used, and no id if the entry is not stored any more.
 */
export interface LaneHead {
  readonly offset: number;
  readonly id: string | null;
}

export type LaneHeads = Readonly<Record<Priority, LaneHead>>;

/**
 * An answer about the log, and the epoch that its offsets belong to. An epoch names one life of the numbering; in
 * another one, numbering began anew.
 */
export interface InEpoch {
  readonly epoch: string;
}

/** Each channel that was asked for has its heads. */
export interface Heads extends InEpoch {
  readonly channels: ReadonlyMap<string, LaneHeads>;
}

export interface EntryIds extends InEpoch {
  /** One for each place that was asked for; null if no entry is stored there, or not any more. */
  readonly ids: readonly (string | null)[];
}

export interface LogPage extends InEpoch {
  readonly entries: readonly LogEntry[];
}

/** Hears of new entries. Its methods return at once and do not throw. */
export interface LogListener {
  /** This process has stored an entry. In the order of offsets within each lane. */
  appended(stored: Stored, epoch: string): void;
  /** Another process has stored entries of a lane, up to this head. A hint, which may be late or get lost. */
  headAdvanced?(channel: string, lane: Priority, head: LaneHead, epoch: string): void;
  /** The log has another epoch now. A hint, too. */
  epochChanged?(epoch: string): void;
}

/**
 * The log of notifications, and of everything that happens to them. Every adapter guarantees:
 * - `appendAll` resolves only after the entries are stored, all in all of their channels or none in any. Within an
 *   epoch the offsets of a lane are used once each. They are dense, but a lane that was dropped while it was empty
 *   starts again at a higher offset.
 * - the store gives each entry its id, larger than all before it, whichever process stored them and however their
 *   clocks are set; and each notification the instant at which it was stored. Entries become visible in the order of
 *   their ids.
 * - listeners hear of every entry that this process stores. The entry, and all that were appended with it, are stored
 *   by then. Entries of other processes are announced by hints that may get lost, so a reader that needs every entry
 *   also looks at the heads now and then.
 * - a read sees all entries that were stored or announced before it began.
 * - a notification with a `key` replaces the one that its sender stored with that key, if that still exists: it has
 *   `replaces`, and the other is removed. An entry `retract` is appended to the channels that only the other is in.
 * - `find` finds a notification until it is retracted or replaced, or retention removes it.
 */
export abstract class NotificationRepository {
  /**
   * Stores entries together, and appends each, in order, to its lane in each of its channels.
   * @param request the keyed request that the entries belong to; it is carried out once
   * @returns each item as stored, in their order, without the retractions that replacements cause
   * @throws RequestDone if the request was carried out before; then nothing is stored
   */
  abstract appendAll(items: readonly Addressed[], request?: KeyedRequest): Promise<Stored[]>;
  /** Stores one entry, as `appendAll` does. @param channels at least one, each once */
  async append(channels: readonly string[], entry: NewEntry, request?: KeyedRequest): Promise<Stored> {
    const [stored] = await this.appendAll([{ channels, entry }], request);
    if (stored === undefined) throw new Error('appendAll answers each item');
    return stored;
  }

  /**
   * Removes a notification, and appends an entry `retract` to each of its channels, in its lane.
   * @returns false if it is not there (any more), and then nothing is appended
   */
  abstract retract(id: string): Promise<boolean>;

  abstract heads(channels: readonly string[]): Promise<Heads>;
  abstract idsAt(places: readonly Place[]): Promise<EntryIds>;
  /**
   * Consecutive entries of a lane, in order, from offset `from` on; where the oldest are gone, from the oldest there
   * is.
   * @param limit number of entries at most
   * @param bytes of all entries as JSON in UTF-8; only a first entry that is larger exceeds them
   */
  abstract read(channel: string, lane: Priority, from: number, limit: number, bytes?: number): Promise<LogPage>;
  abstract find(id: string): Promise<Notification | undefined>;
  /**
   * The stored notifications of these senders together, newest first, only those older than the id `before`.
   * @param senders at least one
   */
  abstract sentBy(senders: readonly string[], limit: number, before?: string): Promise<Notification[]>;
  /** When the first notification later than `after` expires, ISO 8601; undefined while none does. */
  abstract nextExpiry(after: string): Promise<string | undefined>;
  /** Up to `limit` stored notifications that have expired by `now`, soonest first. */
  abstract expiredBy(now: string, limit: number): Promise<Notification[]>;
  /**
   * Drops every entry that was stored before an instant, by the time in its id. Notifications leave the inboxes, with
   * their marks, receipts and answers; clients that are behind are told of a gap; offsets go on. Works in slices: other
   * calls come between them, and none holds the event loop for 50 ms. Resolves when nothing older is left, or the store
   * is closed; entries of a later instant are not touched.
   * @param instant ISO 8601
   * @throws StoreUnavailable; what was dropped until then stays dropped
   */
  abstract dropBefore(instant: string): Promise<void>;
  /** Tells the listener of new entries. @returns a function that ends that */
  abstract follow(listener: LogListener): () => void;
}
