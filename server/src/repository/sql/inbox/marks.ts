import { sql, type Transaction } from 'kysely';
import type { Mark } from '../../inbox-repository.js';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';
import { isChangedBy, stateOf, viewOf } from '../../mark-state.js';
import { markIn, VIEWS } from './inbox-rows.js';

/** A notification that a person marks, with the mark before. */
export interface Markable {
  readonly no: number;
  readonly id: string;
  readonly audience: number;
  readonly category: string;
  readonly requiresAck: number;
  readonly mark: string | null;
  readonly muted: number;
  readonly isReadable: number;
}

/** Adds a mark of a person to notifications. @returns those on which it changed anything */
export async function changeMarks(
  db: Transaction<Tables>,
  { each }: SqlDialect,
  username: string,
  some: readonly Markable[],
  mark: Mark,
): Promise<Markable[]> {
  const changed = some.filter((one) => isChangedBy(mark, markIn(one.mark), one.muted === 1));
  if (changed.length === 0) return [];
  const rows = changed.map(({ no, audience, category, requiresAck, mark: before }) => {
    const after = { ...markIn(before), ...mark };
    return { no, audience, category, requiresAck, mark: JSON.stringify(after), ...columnsOf(after) };
  });
  const counted = [
    ...rows.map((after) => ({ ...after, mark: '', by: 1 })),
    ...changed.flatMap(({ mark: before, ...one }) => {
      const marked = markIn(before);
      return marked === undefined ? [] : [{ ...one, ...columnsOf(marked), by: -1 }];
    }),
  ];
  await sql`
      INSERT INTO marks (
        username, no, audience, category, requires_ack, mark, read, acknowledged, snoozed_until, view)
      SELECT ${username}, CAST(value ->> 'no' AS bigint), CAST(value ->> 'audience' AS bigint), value ->> 'category',
        CAST(value ->> 'requiresAck' AS smallint), value ->> 'mark', CAST(value ->> 'read' AS smallint), CAST(value ->> 'acknowledged' AS smallint),
        value ->> 'snoozedUntil', CAST(value ->> 'view' AS smallint) FROM ${each(JSON.stringify(rows))} WHERE true
      ON CONFLICT (username, no) DO UPDATE SET mark = excluded.mark, read = excluded.read,
        acknowledged = excluded.acknowledged, snoozed_until = excluded.snoozed_until, view = excluded.view
    `.execute(db);
  await sql`
      INSERT INTO mark_counts (username, audience, category, requires_ack, view, read, acknowledged, count)
      SELECT ${username}, CAST(value ->> 'audience' AS bigint), value ->> 'category',
        CAST(value ->> 'requiresAck' AS smallint), CAST(value ->> 'view' AS smallint),
        coalesce(CAST(value ->> 'read' AS smallint), 2), CAST(value ->> 'acknowledged' AS smallint),
        sum(CAST(value ->> 'by' AS bigint))
      FROM ${each(JSON.stringify(counted))} WHERE true GROUP BY 2, 3, 4, 5, 6, 7
      ON CONFLICT (username, audience, category, requires_ack, view, read, acknowledged)
      DO UPDATE SET count = mark_counts.count + excluded.count
    `.execute(db);
  return changed;
}

function columnsOf(mark: Mark): {
  read: number | null;
  acknowledged: number;
  snoozedUntil: string | null;
  view: number;
} {
  const { read, acknowledged = false, snoozedUntil = null } = mark;
  return {
    read: read === undefined ? null : Number(read),
    acknowledged: Number(acknowledged),
    snoozedUntil,
    view: VIEWS.indexOf(viewOf(stateOf(mark, false))),
  };
}
