import { type Kysely, sql } from 'kysely';
import type { NewHead, StoreChange } from '../sql/sql-database.js';
import type { Tables } from '../sql/tables.js';

/** Numbers of the log since the last poll; beyond that, the check of all heads finds the entries. */
const NUMBERS_MAX = 10_000;
/** Accounts read at a time. */
const ACCOUNTS_AT_ONCE = 1000;

/** Finds changes since the last poll in the tables, in case their message was lost. */
export class ChangePoll {
  #lastNo: number | undefined;
  #lastChange: number | undefined;

  constructor(
    private readonly db: Kysely<Tables>,
    private readonly report: (change: StoreChange) => void,
  ) {}

  async poll(): Promise<void> {
    const log = await this.db
      .selectFrom('log')
      .select(['epoch', 'last_no', 'account_changes'])
      .executeTakeFirstOrThrow();
    const { epoch, last_no: lastNo, account_changes: lastChange } = log;
    const since = this.#lastNo ?? lastNo;
    if (lastNo > since && lastNo - since <= NUMBERS_MAX) this.report({ epoch, heads: await this.#headsSince(since) });
    this.#lastNo = lastNo;
    // A database that lost its newest changes counts from an earlier number.
    if (this.#lastChange === undefined || this.#lastChange > lastChange) this.#lastChange = lastChange;
    while (this.#lastChange < lastChange) await this.#reportAccounts(this.#lastChange, lastChange);
  }

  async #headsSince(no: number): Promise<NewHead[]> {
    const { rows } = await sql<NewHead>`
      SELECT DISTINCT ON (p.channel, p.lane) p.channel, p.lane, p."offset", e.id
      FROM places p JOIN entries e ON e.no = p.no WHERE p.no > ${no}
      ORDER BY p.channel, p.lane, p."offset" DESC`.execute(this.db);
    return rows;
  }

  async #reportAccounts(after: number, upTo: number): Promise<void> {
    const { rows } = await sql<{ username: string; changed: number }>`
      SELECT username, changed FROM users WHERE changed > ${after}
      UNION ALL SELECT username, changed FROM removed_names WHERE changed > ${after}
      ORDER BY changed LIMIT ${ACCOUNTS_AT_ONCE}`.execute(this.db);
    for (const { username } of rows) this.report({ username });
    this.#lastChange = rows.at(-1)?.changed ?? upTo;
  }
}
