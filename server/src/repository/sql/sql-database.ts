import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Place } from '../notification-repository.js';
import type { Tables } from './tables.js';
import type { Transactions } from './transactions.js';

/** A database with the tables of a store, and what differs between the systems. */
export interface SqlDatabase {
  /** For reads outside a transaction: they see what was committed before they began. */
  readonly reads: Kysely<Tables>;
  readonly transactions: Transactions;
  readonly dialect: SqlDialect;
}

/** The newest entry of a lane that has grown. */
export interface NewHead extends Place {
  readonly id: string;
}

/** Changes of a transaction, for other processes with the same store: of lanes in this epoch, or of an account. */
export type StoreChange =
  { readonly epoch: string; readonly heads: readonly NewHead[] } | { readonly username: string };

/** Statements that take a lock until the transaction ends. */
export interface MigrationLock {
  /** Selects whether the transaction has it now, and does not wait. */
  readonly tried: RawBuilder<{ is_locked: boolean }>;
  /** Waits for it. */
  readonly awaited: RawBuilder<unknown>;
}

/** SQL that differs between the systems. */
export interface SqlDialect {
  /** Type of a text column that is compared by code points, and not by the rules of a language. */
  readonly text: string;
  /** A table of the items of a JSON array of objects, in its column `value`, which is JSON itself. */
  readonly each: (json: string) => RawBuilder<unknown>;
  /** A table of the items of a JSON array of texts or numbers, in its column `value`; a number may be a text there. */
  readonly texts: (json: string) => RawBuilder<unknown>;
  /** Condition after a text: it is one of these. PostgreSQL does not plan it as a join. */
  readonly anyOf: (texts: readonly string[]) => RawBuilder<unknown>;
  /** Lets one process at a time apply migrations; undefined where there is one process. */
  readonly migrationLock: MigrationLock | undefined;
  /** Statements that make the index of searches. */
  readonly searchTables: readonly string[];
  /** Adds notifications to the index. @param rows JSON of their numbers `no` and `grams`, which spaces separate */
  readonly addToSearch: (rows: string) => RawBuilder<unknown>;
  /** Removes notifications from the index. @param nos their numbers, in brackets */
  readonly removeFromSearch: (nos: RawBuilder<unknown>) => RawBuilder<unknown>;
  /**
   * A table `n` of the notifications that have all grams of each word and one of the audiences. `s.no` is their number
   * in the index of searches; an index that finds the newest first sorts by no other column.
   * @param audiences undefined for all
   */
  readonly found: (words: readonly string[], audiences: readonly number[] | undefined) => RawBuilder<unknown>;
  /** Whether `found` begins with the newest, and reads no more of them than are taken. */
  readonly findsNewestFirst: boolean;
  /**
   * A table `n` of some notifications of each audience or sender.
   * @param each numbers, or at least one text
   * @param some selects the numbers of those of one
   */
  readonly fromEach: (
    each: readonly number[] | readonly string[],
    some: (one: RawBuilder<unknown>) => RawBuilder<unknown>,
  ) => RawBuilder<unknown>;
  /** Joins `m` to `n`: the person's mark on each notification, or null. It reads no more marks than notifications. */
  readonly withMarkOf: (username: string) => RawBuilder<unknown>;
  /** Whether a text contains another one. */
  readonly contains: (text: RawBuilder<unknown>, part: string) => RawBuilder<boolean>;
  /** Notifies the other processes of a change, once it is committed; undefined where there are none. */
  readonly notify: (change: StoreChange) => RawBuilder<unknown> | undefined;
}

/** The numbers in brackets, for `IN`. */
export function numbers({ texts }: SqlDialect, values: readonly number[]): RawBuilder<unknown> {
  return sql`(SELECT CAST(value AS bigint) FROM ${texts(JSON.stringify(values))})`;
}
