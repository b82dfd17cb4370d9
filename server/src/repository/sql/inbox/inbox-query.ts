import { type InboxCounts, type InboxFilter, topicChannel, wordsOf } from '@herald/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../inbox-repository.js';
import { firstIdAt } from '../../ids-by-time.js';
import { noBefore } from '../log/sql-notification-repository.js';
import { numbers, type SqlDialect } from '../sql-database.js';
import { isMuted } from './counts.js';
import { VIEWS } from './inbox-rows.js';

/** The notifications that a reader looks for. */
export interface Sought {
  readonly filter: InboxFilter;
  readonly limit: number;
  /** Only notifications older than this id. */
  readonly before?: string | undefined;
  /** Only this one and older ones. */
  readonly upTo?: string | undefined;
}

/** Notifications that `walk` looks at. */
const WALKED = 1000;
/** Audiences that a search names, so that it finds no notifications of others. */
const NAMED_AUDIENCES_MAX = 500;

/** Condition that a filter sets for `n`, a notification, and `m`, the reader's mark on it or null. */
function matching(filter: InboxFilter, reader: Reader, dialect: SqlDialect): RawBuilder<unknown> {
  const { view, unread, unconfirmed, priority, category, topic, sender, from, to, q } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (view === 'inbox') conditions.push(sql`coalesce(m.view, 0) = 0`);
  if (unread === true) conditions.push(sql`coalesce(m.read, ${isMuted(sql.ref('n.category'), reader, dialect)}) = 0`);
  if (unconfirmed === true) conditions.push(sql`n.requires_ack = 1 AND coalesce(m.acknowledged, 0) = 0`);
  if (priority !== undefined) conditions.push(sql`n.priority IN (${sql.join(priority)})`);
  if (category !== undefined) conditions.push(sql`n.category = ${category}`);
  if (sender !== undefined) conditions.push(sql`n.sender = ${sender}`);
  if (topic !== undefined) {
    conditions.push(sql`
      n.audience IN (SELECT audience FROM audience_channels WHERE channel = ${topicChannel(topic)})`);
  }
  if (from !== undefined) conditions.push(sql`n.no >= ${noBefore(firstIdAt(from))}`);
  if (to !== undefined) conditions.push(sql`n.no < ${noBefore(firstIdAt(to))}`);
  for (const word of wordsOf(q ?? '')) conditions.push(dialect.contains(sql.ref('n.search'), word));
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** A found notification. */
export interface Found {
  readonly no: number;
  readonly id: string;
}

/**
 * The newest notifications that match. Words are found by the index of searches, archived and snoozed ones by their marks,
 * and all others by audience: of each that the reader sees, the newest are taken, and the newest of those.
 * @param audiences those that the reader sees
 */
export function seek(
  reader: Reader,
  sought: Sought,
  dialect: SqlDialect,
  audiences: readonly number[],
): RawBuilder<Found> {
  const { filter, limit } = sought;
  const seen = numbers(dialect, audiences);
  const withMark = dialect.withMarkOf(reader.username);
  const conditions = sql`${boundsOf(sought)} AND ${matching(filter, reader, dialect)}`;
  const words = wordsOf(filter.q ?? '');
  if (words.length > 0) {
    const few = audiences.length <= NAMED_AUDIENCES_MAX ? audiences : undefined;
    return sql`
      SELECT n.no, n.id FROM ${dialect.found(words, few)}
      ${withMark}
      WHERE n.audience IN ${seen} AND ${conditions} ${inView(filter)}
      ORDER BY s.no DESC LIMIT ${limit}`;
  }
  if (VIEWS.indexOf(filter.view) > 0) {
    return sql`
      SELECT n.no, n.id FROM marks m JOIN notifications n ON n.no = m.no
      WHERE m.username = ${reader.username} ${inView(filter)} AND n.audience IN ${seen} AND ${conditions}
      ORDER BY m.no DESC LIMIT ${limit}`;
  }
  return sql`
    SELECT n.no, n.id FROM ${dialect.fromEach(
      audiences,
      (audience) => sql`
        SELECT n.no FROM notifications n ${withMark}
        WHERE n.audience = ${audience} AND ${conditions} ORDER BY n.no DESC LIMIT ${limit}`,
    )}
    ORDER BY n.no DESC LIMIT ${limit}`;
}

/**
 * Matches among the reader's newest `WALKED` notifications. They fill a page for a common word, so the index need not sort
 * all its hits.
 */
export function walk(
  reader: Reader,
  sought: Sought,
  dialect: SqlDialect,
  audiences: readonly number[],
): RawBuilder<Found> {
  const { filter, limit } = sought;
  const newest = dialect.fromEach(
    audiences,
    (audience) => sql`
      SELECT n.no FROM notifications n WHERE n.audience = ${audience} AND ${boundsOf(sought)} ORDER BY n.no DESC LIMIT ${WALKED}`,
  );
  // Only the numbers are sorted, without the texts.
  return sql`
    SELECT n.no, n.id FROM (SELECT n.no FROM ${newest} ORDER BY n.no DESC LIMIT ${WALKED}) w
    JOIN notifications n ON n.no = w.no
    ${dialect.withMarkOf(reader.username)}
    WHERE ${matching(filter, reader, dialect)} ${inView(filter)}
    ORDER BY w.no DESC LIMIT ${limit}`;
}

/** Whether the counts say that nothing matches: a search for what is not there would read everything. */
export function isNothingIn(counts: InboxCounts, { view, unread, unconfirmed }: InboxFilter): boolean {
  if (view === 'all') return false;
  const isOfInbox = view === 'inbox';
  return (
    counts[view] === 0 ||
    (isOfInbox && unread === true && counts.unread === 0) ||
    (isOfInbox && unconfirmed === true && counts.unconfirmed === 0)
  );
}

/** Condition that follows others: the mark is of the view. In the inbox and among all, a notification needs no mark. */
function inView({ view }: InboxFilter): RawBuilder<unknown> {
  const number = VIEWS.indexOf(view);
  return number > 0 ? sql`AND m.view = ${number}` : sql``;
}

/** Condition for the number of `n`, a notification. */
function boundsOf({ before, upTo }: Sought): RawBuilder<unknown> {
  return sql`n.no < ${noBefore(before)} AND n.no <= ${lastUpTo(upTo)}`;
}

function lastUpTo(id: string | undefined): RawBuilder<number> {
  return id === undefined
    ? sql<number>`${Number.MAX_SAFE_INTEGER}`
    : sql<number>`coalesce((SELECT b.no FROM notifications b WHERE b.id <= ${id} ORDER BY b.id DESC LIMIT 1), -1)`;
}
