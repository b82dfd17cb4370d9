import { type RawBuilder, sql } from 'kysely';
import type { CopyEnd } from '../../src/repository/copy/copy-end.js';
import { gramRowsOf } from '../../src/repository/sql/grams.js';

/** Hexadecimal digits at the beginning of an id (a UUID, version 7) that count periods of 65.5 s. */
const PERIOD_DIGITS = 8;

/**
 * Multiplies the entries of a store by `times`, as bulk loading does: each entry is copied with its places, marks and grams,
 * to later numbers, offsets and ids. Through `appendAll` the same would take several times as long.
 */
export async function multiply({ db, dialect }: CopyEnd, times: number): Promise<void> {
  const { last_no: upTo } = await db.selectFrom('log').select('last_no').executeTakeFirstOrThrow();
  const searched = await db.selectFrom('notifications').select(['no', 'audience', 'search']).orderBy('no').execute();
  const grams = await gramRowsOf(searched);
  const periods = await periodsOf(db);
  for (let copy = 1; copy < times; copy++) {
    const later = dialect.each(JSON.stringify(laterPeriods(periods, copy)));
    const shifted = grams.map((row) => ({ ...row, no: row.no + copy * upTo }));
    await db.transaction().execute(async (trx) => {
      for (const statement of copies(later, copy, upTo)) await statement.execute(trx);
      await dialect.addToSearch(JSON.stringify(shifted)).execute(trx);
    });
  }
  for (const statement of totals(times)) await statement.execute(db);
}

/** Periods in which the entries were stored, the first one first. */
async function periodsOf(db: CopyEnd['db']): Promise<number[]> {
  const { rows } = await sql<{ period: string }>`
    SELECT DISTINCT substr(id, 1, ${sql.lit(PERIOD_DIGITS)}) AS period FROM entries ORDER BY 1`.execute(db);
  return rows.map(({ period }) => Number.parseInt(period, 16));
}

/** Periods of a copy: behind those of all copies before it. */
function laterPeriods(periods: readonly number[], copy: number): { from: string; to: string }[] {
  const [first = 0, last = first] = [periods[0], periods.at(-1)];
  const hex = (period: number): string => period.toString(16).padStart(PERIOD_DIGITS, '0');
  return periods.map((period) => ({ from: hex(period), to: hex(period + copy * (last - first + 1)) }));
}

/** @param upTo last number of the originals */
function copies(later: RawBuilder<unknown>, copy: number, upTo: number): RawBuilder<unknown>[] {
  const [shift, digits] = [sql.lit(copy * upTo), sql.lit(PERIOD_DIGITS)];
  const id = sql`(later.value ->> 'to') || substr(o.id, ${digits} + 1)`;
  const withLater = sql`JOIN ${later} later ON later.value ->> 'from' = substr(o.id, 1, ${digits})`;
  const originals = sql`o.no <= ${sql.lit(upTo)} ORDER BY o.no`;
  return [
    sql`
      INSERT INTO entries (no, id, is_notification, owner, bytes, entry)
      SELECT o.no + ${shift}, ${id}, o.is_notification, o.owner, o.bytes, replace(o.entry, o.id, ${id})
      FROM entries o ${withLater} WHERE ${originals}`,
    sql`
      INSERT INTO places (channel, lane, "offset", no)
      SELECT o.channel, o.lane, o."offset" + ${sql.lit(copy)} * l.head, o.no + ${shift}
      FROM places o JOIN lanes l ON l.channel = o.channel AND l.lane = o.lane WHERE ${originals}`,
    sql`
      INSERT INTO notifications (
        no, id, audience, recipients, sender, key, priority, category, requires_ack, expires_at, search)
      SELECT o.no + ${shift}, ${id}, o.audience, o.recipients, o.sender, o.key, o.priority, o.category, o.requires_ack,
        o.expires_at, o.search
      FROM notifications o ${withLater} WHERE ${originals}`,
    sql`
      INSERT INTO marks (
        username, no, audience, category, requires_ack, mark, read, acknowledged, snoozed_until, view)
      SELECT o.username, o.no + ${shift}, o.audience, o.category, o.requires_ack, o.mark, o.read, o.acknowledged,
        o.snoozed_until, o.view
      FROM marks o WHERE ${originals}`,
  ];
}

/** Multiplies the counts that the store keeps. */
function totals(times: number): RawBuilder<unknown>[] {
  const by = sql.lit(times);
  return [
    sql`UPDATE lanes SET head = head * ${by}`,
    sql`UPDATE audience_counts SET count = count * ${by}`,
    sql`UPDATE mark_counts SET count = count * ${by}`,
    sql`UPDATE shares SET count = count * ${by}, bytes = bytes * ${by}`,
    sql`
      UPDATE log SET last_no = last_no * ${by}, last_id = (SELECT max(id) FROM notifications),
        notification_count = notification_count * ${by}, notification_bytes = notification_bytes * ${by},
        other_count = other_count * ${by}, other_bytes = other_bytes * ${by}`,
  ];
}
