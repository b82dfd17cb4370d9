import type { Entity, Inbox } from '../inbox.ts';
import { itemsOf, shownOf } from '../items-of.ts';
import { unconfirmedOf } from '../unconfirmed.ts';
import { without } from './without.ts';

/** Entities that an open page holds, unless the person has loaded more. */
export const ENTITIES_MAX = 1000;
/** Marks of notifications that are not held, and ids of those that are gone. */
const MENTIONED_MAX = 5000;

/**
 * With at most about `max` entities: first those that the query shows, then the newest. It cuts once there are a fifth
 * more, so that a stream of arrivals is not cut one by one.
 * The unconfirmed ones are held in any case.
 * @param openId id of the notification that is open, which is held in any case
 */
export function trimmed(inbox: Inbox, openId: string | null, max = ENTITIES_MAX): Inbox {
  const limit = Math.max(max, inbox.query.depth);
  const { marks, gone } = inbox;
  const bounded =
    Math.max(marks.size, gone.size) <= 2 * MENTIONED_MAX
      ? inbox
      : { ...inbox, marks: newest(marks, inbox.entities), gone: newest(gone, inbox.entities) };
  return bounded.entities.size <= limit * 1.2 ? bounded : cut(bounded, openId, limit);
}

function cut(inbox: Inbox, openId: string | null, limit: number): Inbox {
  const all = itemsOf(inbox);
  const shown = shownOf(inbox, all).map(({ id }) => id);
  const isShown = new Set(shown);
  const others = [...inbox.entities.keys()].filter((id) => !isShown.has(id)).sort();
  const kept = new Set([...shown, ...others.reverse()].slice(0, limit));
  if (openId !== null) kept.add(openId);
  for (const { id } of unconfirmedOf(all)) kept.add(id);
  const next = without(inbox, ({ notification }) => !kept.has(notification.id));
  const last = shown[limit - 1];
  return shown.length <= limit || last === undefined ? next : { ...next, query: { ...next.query, cursor: last } };
}

/** Those of held entities, and the newest others. */
function newest<Value>(all: ReadonlyMap<string, Value>, held: ReadonlyMap<string, Entity>): Map<string, Value> {
  const ids = [...all.keys()].sort();
  const kept = new Set(ids.slice(-MENTIONED_MAX));
  return new Map([...all].filter(([id]) => held.has(id) || kept.has(id)));
}
