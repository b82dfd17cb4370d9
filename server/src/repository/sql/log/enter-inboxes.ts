import { searchedText } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import { gramRowsOf } from '../grams.js';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';
import { together } from '../together.js';
import { ensureAudiences } from './audiences.js';
import type { Draft } from './entry-rows.js';
import { ensureRecipients } from './recipients.js';

/**
 * Puts notifications into the inboxes of their audiences, with their recipients, and into the index of searches.
 * @param peopleVersion of the log, in this transaction
 * @param no last used number; those behind it are free
 */
export async function enterInboxes(
  db: Transaction<Tables>,
  dialect: SqlDialect,
  drafts: readonly Draft[],
  peopleVersion: number,
  no: number,
): Promise<void> {
  const { each, addToSearch } = dialect;
  const stored = drafts.flatMap(({ no, entry, channels }) =>
    entry.event === 'notification' ? [{ no, data: entry.data, channels: JSON.stringify(channels) }] : [],
  );
  if (stored.length === 0) return;
  const sets = [...new Set(stored.map(({ channels }) => channels))];
  const addressed = new Map(stored.map(({ data: { audience } }) => [JSON.stringify(audience), audience]));
  const free = no + sets.length + 1;
  const [audiences, recipients] = await together([
    ensureAudiences(db, dialect, sets, no + 1),
    together(
      [...addressed.values()].map((audience, n) => ensureRecipients(db, dialect, audience, peopleVersion, free + n)),
    ),
  ]);
  const recipientsOf = new Map([...addressed.keys()].map((audience, n) => [audience, recipients[n]]));
  const rows = stored.map(({ no, data, channels }) => ({
    no,
    id: data.id,
    audience: audiences.get(channels) ?? 0,
    recipients: recipientsOf.get(JSON.stringify(data.audience)),
    sender: data.sender,
    key: data.key ?? null,
    priority: data.priority,
    category: data.category,
    ack: data.requiresAck === true ? 1 : 0,
    expires: data.expiresAt ?? null,
    search: searchedText(data),
  }));
  const json = JSON.stringify(rows);
  await together([
    sql`
        INSERT INTO notifications (
          no, id, audience, recipients, sender, key, priority, category, requires_ack, expires_at, search)
        SELECT CAST(value ->> 'no' AS bigint), value ->> 'id', CAST(value ->> 'audience' AS bigint),
          CAST(value ->> 'recipients' AS bigint), value ->> 'sender', value ->> 'key', value ->> 'priority',
          value ->> 'category', CAST(value ->> 'ack' AS smallint), value ->> 'expires', value ->> 'search'
        FROM ${each(json)}`.execute(db),
    sql`
        INSERT INTO audience_counts (audience, category, requires_ack, count)
        SELECT CAST(value ->> 'audience' AS bigint), value ->> 'category', CAST(value ->> 'ack' AS smallint), count(*)
        FROM ${each(json)} WHERE true GROUP BY 1, 2, 3
        ON CONFLICT (audience, category, requires_ack)
        DO UPDATE SET count = audience_counts.count + excluded.count`.execute(db),
    gramRowsOf(rows).then((grams) => addToSearch(JSON.stringify(grams)).execute(db)),
  ]);
}
