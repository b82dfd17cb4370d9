import type { Inbox } from '../inbox.js';

/** Most that is kept in memory of what came in, twice as much between two cuts; older ones are a page away. */
export const KNOWN_MAX = 10_000;

/** Without the oldest, where there are too many: they can be asked for again. */
export function trimmed(inbox: Inbox): Inbox {
  if (inbox.known.size <= 2 * KNOWN_MAX) return inbox;
  const kept = [...inbox.known].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, KNOWN_MAX);
  return { ...inbox, known: new Map(kept), nextCursor: kept.at(-1)?.[0] ?? null };
}
