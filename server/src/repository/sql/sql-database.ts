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

/** Expressions that the systems write differently. */
export interface SqlDialect {
  /** A table of the items of a JSON array, in its column `value`; an item that is an object is JSON itself. */
  readonly each: (json: string) => RawBuilder<unknown>;
  /** Whether a text contains another one. */
  readonly contains: (text: RawBuilder<unknown>, part: string) => RawBuilder<boolean>;
}
