import { type RawBuilder, sql } from 'kysely';
import { audienceGram, gramsIn } from '../sql/grams.js';
import type { SqlDialect, StoreChange } from '../sql/sql-database.js';

/** Channel of NOTIFY on which the processes notify each other. */
export const NOTIFY_CHANNEL = 'herald';
/** Any number that no other program in the database uses for a lock. */
export const MIGRATIONS_LOCK = 4_850_114_713;
/** Limit of PostgreSQL for the payload of a NOTIFY, in bytes. */
const PAYLOAD_MAX = 8000;

/**
 * The SQL of PostgreSQL. Searches use a GIN index of text search vectors
 * (https://www.postgresql.org/docs/current/datatype-textsearch.html) whose words are grams.
 * @param process names this one among those that notify each other
 */
export const postgresSql = (process: string): SqlDialect => ({
  text: 'text COLLATE "C"',
  each: (json) => sql`jsonb_array_elements(CAST(${json} AS jsonb))`,
  texts: (json) => sql`jsonb_array_elements_text(CAST(${json} AS jsonb))`,
  anyOf: (texts) => sql`= ANY(CAST(${texts} AS text[]))`,
  // Not the lock of a session, which could stay for ever behind a pooler.
  migrationLock: {
    tried: sql`SELECT pg_try_advisory_xact_lock(${sql.lit(MIGRATIONS_LOCK)}) AS is_locked`,
    awaited: sql`SELECT pg_advisory_xact_lock(${sql.lit(MIGRATIONS_LOCK)})`,
  },
  searchTables: [
    `CREATE TABLE searched (no bigint PRIMARY KEY, grams tsvector NOT NULL)`,
    `CREATE INDEX searched_by_grams ON searched USING gin (grams)`,
  ],
  addToSearch: (rows) => sql`
    INSERT INTO searched (no, grams)
    SELECT CAST(value ->> 'no' AS bigint), array_to_tsvector(string_to_array(value ->> 'grams', ' '))
    FROM jsonb_array_elements(CAST(${rows} AS jsonb))`,
  removeFromSearch: (nos) => sql`DELETE FROM searched WHERE no IN ${nos}`,
  found: (words, audiences) => sql`
    searched s JOIN notifications n ON n.no = s.no AND s.grams @@ CAST(${queryFor(words, audiences)} AS tsquery)`,
  // A GIN index finds all that match, and sorts them.
  findsNewestFirst: false,
  // The planner knows the length of an array, and takes that of a JSON array for 100.
  fromEach: (each, some) => sql`
    unnest(CAST(${each} AS ${sql.raw(typeof each[0] === 'string' ? 'text[]' : 'bigint[]')})) a (value)
    CROSS JOIN LATERAL (${some(sql`a.value`)}) s JOIN notifications n ON n.no = s.no`,
  // The planner expects that few notifications meet conditions of their marks, and would read all marks for a page. With
  // LIMIT it reads one mark at a time, and ends when the page is full.
  withMarkOf: (username) => sql`
    LEFT JOIN LATERAL (
      SELECT k.view, k.read, k.acknowledged FROM marks k WHERE k.username = ${username} AND k.no = n.no LIMIT 1
    ) m ON true`,
  contains: (text, part) => sql<boolean>`strpos(${text}, ${part}) > 0`,
  notify: (change) => notify({ from: process, change }),
});

/** A query as in https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY. */
function queryFor(words: readonly string[], audiences: readonly number[] | undefined): string {
  const wanted = words.flatMap((word) => {
    const { grams, isBeginning } = gramsIn(word);
    return isBeginning ? grams.map((gram) => `'${gram}':*`) : grams.map((gram) => `'${gram}'`);
  });
  const named = audiences?.map((audience) => `'${audienceGram(audience)}'`).join(' | ');
  const anyAudience = named === undefined ? [] : [`(${named || "'__none'"})`];
  return [...new Set(wanted), ...anyAudience].join(' & ');
}

/** A message of one process to all. A ping has neither a change nor a message of `Peers`. */
export interface Message {
  readonly from: string;
  readonly change?: StoreChange;
  readonly peer?: PeerMessage;
}

/** A message of `Peers`. */
export interface PeerMessage {
  readonly kind: string;
  readonly message: unknown;
}

/**
 * Sends a message at the commit. A change of so many lanes that they exceed one payload takes several; all at one commit
 * cost one lock (https://www.postgresql.org/docs/current/sql-notify.html).
 */
export function notify(message: Message): RawBuilder<unknown> {
  const payloads = JSON.stringify(payloadsOf(message));
  return sql`
    SELECT pg_notify(${NOTIFY_CHANNEL}, value) FROM jsonb_array_elements_text(CAST(${payloads} AS jsonb))`;
}

function payloadsOf(message: Message): string[] {
  const payload = JSON.stringify(message);
  const { from, change } = message;
  const isSmall = Buffer.byteLength(payload) < PAYLOAD_MAX;
  if (change === undefined || !('heads' in change) || change.heads.length === 1 || isSmall) return [payload];
  const { epoch, heads } = change;
  const half = Math.ceil(heads.length / 2);
  return [heads.slice(0, half), heads.slice(half)].flatMap((some) =>
    payloadsOf({ from, change: { epoch, heads: some } }),
  );
}
