import type { Inbox } from '../inbox.ts';
import { without } from './without.ts';

/**
 * Without the entities that no answer since `asOf` has confirmed: after a gap their state is unknown.
 * @param asOf that of the first page of a refetch
 * @param end cursor at which the refetch stopped before the end of the list, which was too long; null if it did not
 */
export function verified(inbox: Inbox, asOf: string, end: string | null): Inbox {
  const confirmed = without(inbox, (entity) => entity.asOf < asOf);
  return end === null ? confirmed : { ...confirmed, query: { ...confirmed.query, cursor: end } };
}
