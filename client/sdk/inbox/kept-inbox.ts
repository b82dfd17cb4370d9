import type { InboxCounts, InboxFilter } from '@herald/protocol';
import { countsOf, later } from './counts-of.ts';
import type { Inbox } from './inbox.ts';
import type { InboxItem } from './inbox-item.ts';
import { unconfirmedOf } from './unconfirmed.ts';

/** Copy of an inbox for when its server can't be reached: its newest and its unconfirmed notifications. */
export interface KeptInbox {
  readonly username: string;
  /** Time at which it was true, in milliseconds since 1970. */
  readonly at: number;
  readonly items: readonly InboxItem[];
  readonly counts: InboxCounts;
  readonly muted: readonly string[];
  /** Cursor of the notifications behind the copy; null if it has all. */
  readonly nextCursor: string | null;
  /** Id of the last entry that is in it. */
  readonly asOf: string;
}

export const KEPT_MAX = 200;

/** Whether the copy has everything that the filter shows. */
export function isPlain(filter: InboxFilter): boolean {
  return filter.view === 'inbox' && Object.keys(filter).length === 1;
}

/** @param items of this inbox, newest first */
export function keptOf(inbox: Inbox, items: readonly InboxItem[], username: string, at: number): KeptInbox {
  const { cursor } = inbox.query;
  const loaded = items.filter(({ id }) => id >= (cursor ?? ''));
  const newest = loaded.slice(0, KEPT_MAX);
  const kept = [...new Set([...newest, ...unconfirmedOf(items)])];
  const nextCursor = loaded.length > newest.length ? (newest.at(-1)?.id ?? null) : cursor;
  return {
    username,
    at,
    items: kept,
    counts: countsOf(inbox),
    muted: inbox.muted,
    nextCursor,
    asOf: lastEntryIn(inbox),
  };
}

/** Ids ascend with time, whatever has them. */
function lastEntryIn({ asOf, entities, marks, gone, counts }: Inbox): string {
  let last = later(asOf, counts.by);
  for (const id of entities.keys()) last = later(last, id);
  for (const { by } of gone.values()) last = later(last, by);
  for (const mark of marks.values()) for (const { by } of mark.values()) last = later(last, by);
  return last;
}
