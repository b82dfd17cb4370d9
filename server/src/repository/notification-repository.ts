import type { Entry } from '../../../protocol/entries.js';
import type { Notification, Priority } from '../../../protocol/notification.js';

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

/** An entry at its place. Its id is `data.id`. */
export type LogEntry = Readonly<Entry> & Place;

/** An entry, and the channels it goes to: at least one, each once. */
export interface Addressed {
  readonly channels: readonly string[];
  readonly entry: Entry;
}

/** Where a lane stands: its newest entry. An empty lane has offset 0 and no id. */
export interface LaneHead {
  readonly offset: number;
  readonly id: string | null;
}

export type AppendListener = (entry: LogEntry) => void;

/**
 * The log of notifications and of what became of them. What every adapter guarantees:
 * - `appendAll` resolves only after the entries are stored, all in all of their channels or none in any, and offsets
 *   never skip or repeat within an epoch.
 * - listeners hear every entry of every channel, once, in offset order within a lane, also those
 *   that another process appended. What they hear of is stored, with all that was appended with it. A listener must not throw.
 * - a notification with a `key` takes the place of the one that its sender stored under that key, if that is still
 *   there: it bears `replaces`, and the other is gone. An entry `retract` says so in channels that only the other is in.
 * - `find` finds a notification until an entry `retract` names it, or it is older than what is kept.
 * - `read` returns consecutive entries; where the oldest are gone, it begins with the oldest there is.
 */
export abstract class NotificationRepository {
  /** Names one life of the offsets; another epoch means that numbering began anew. */
  abstract readonly epoch: string;
  /**
   * Stores entries together, and appends each, in order, to its lane in each of its channels.
   * @returns an entry for each entry and channel, in their order, and none that a replacement brought about
   */
  abstract appendAll(items: readonly Addressed[]): Promise<LogEntry[]>;
  /** Stores one entry. @param channels at least one, each once */
  append(channels: readonly string[], entry: Entry): Promise<LogEntry[]> {
    return this.appendAll([{ channels, entry }]);
  }

  abstract head(channel: string, lane: Priority): Promise<LaneHead>;
  /** Up to `limit` entries of a lane from offset `from` on, in order. */
  abstract read(channel: string, lane: Priority, from: number, limit: number): Promise<LogEntry[]>;
  abstract find(id: string): Promise<Notification | undefined>;
  /** What a sender has sent and is still there, newest first, older than the id `before`. */
  abstract sentBy(sender: string, limit: number, before?: string): Promise<Notification[]>;
  /** When the first notification later than `after` expires, ISO 8601; undefined while none does. */
  abstract nextExpiry(after: string): Promise<string | undefined>;
  /** Up to `limit` stored notifications that have expired by `now`, soonest first. */
  abstract expiredBy(now: string, limit: number): Promise<Notification[]>;
  /** @returns a function that ends the subscription */
  abstract onAppended(listener: AppendListener): () => void;
}
