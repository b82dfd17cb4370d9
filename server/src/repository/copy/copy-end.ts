import type { Kysely } from 'kysely';
import type { SqlDialect } from '../sql/sql-database.js';
import type { Tables } from '../sql/tables.js';

/** The tables of a store that is copied, or of one that is copied to. */
export interface CopyEnd {
  /** Tells the operator where it is, without secrets. */
  readonly name: string;
  /** A transaction that only reads sees one state of all tables. */
  readonly db: Kysely<Tables>;
  readonly dialect: SqlDialect;
  /** The error as the store reports it when it can't be opened. */
  readonly explain: (error: unknown) => unknown;
  close(): Promise<void>;
}

/** Makes sure, before it is used, that an end can be copied, or copied to. @throws StoreError */
export type CheckEnd = (end: CopyEnd) => Promise<void>;
