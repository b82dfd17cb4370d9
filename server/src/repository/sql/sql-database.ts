import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './tables.js';
import type { Transactions } from './transactions.js';

/** A database with the tables of a store, and what differs between the systems. */
export interface SqlDatabase {
  /** For reads outside a transaction: they see what was committed before they began. */
  readonly reads: Kysely<Tables>;
  readonly transactions: Transactions;
  readonly dialect: SqlDialect;
}

/** SQL that differs between the systems. */
export interface SqlDialect {
  /** A table of the items of a JSON array, in its column `value`; an item that is an object is JSON itself. */
  readonly each: (json: string) => RawBuilder<unknown>;
  /** Statements that make the index of searches. */
  readonly searchTables: readonly string[];
  /** Adds notifications to the index. @param rows JSON of their numbers `no` and `grams`, which spaces separate */
  readonly addToSearch: (rows: string) => RawBuilder<unknown>;
  /** Removes notifications from the index. @param nos JSON of their numbers */
  readonly removeFromSearch: (nos: string) => RawBuilder<unknown>;
  /**
   * A table `s` with the number `no` of each notification that has all grams of each word, and one of the audiences.
   * @param audiences undefined for all
   */
  readonly searchFor: (words: readonly string[], audiences: readonly number[] | undefined) => RawBuilder<unknown>;
  /** Whether a text contains another one. */
  readonly contains: (text: RawBuilder<unknown>, part: string) => RawBuilder<boolean>;
}
