import type { InboxPage } from '@herald/protocol';
import { withCounts } from '../counts-of.ts';
import type { Entity, Inbox, Marks } from '../inbox.ts';
import { itemOf, itemsOf, shownOf } from '../items-of.ts';
import { matches } from '../matches.ts';
import { entityOf } from './entity-of.ts';
import { without } from './without.ts';

/**
 * With a page of the query's filter. It is the truth for its range as of `asOf`; later entries hold on. Entities outside
 * its range stay: a page adds to the list and never cuts it short.
 * @param before cursor that it was asked with; null for the newest page
 */
export function withPage(inbox: Inbox, page: InboxPage, before: string | null = null): Inbox {
  const { asOf, muted, counts } = page;
  if (asOf < inbox.asOf || (before !== null && !continues(inbox, before))) return inbox;
  const range = { from: page.nextCursor ?? '', before };
  const onPage = new Set(page.items.map(({ id }) => id));
  const rest = without(inbox, (entity) => {
    const { id } = entity.notification;
    return isIn(range, id) && !onPage.has(id) && isDenied(inbox, entity, asOf);
  });
  const entities = new Map<string, Entity>(rest.entities);
  for (const item of page.items) entities.set(item.id, entityOf(item, asOf));
  const cursor = inbox.query.asOf === '' ? page.nextCursor : older(inbox.query.cursor, page.nextCursor);
  const next: Inbox = {
    ...rest,
    asOf,
    headAsOf: before === null ? asOf : inbox.headAsOf,
    entities,
    marks: marksAfter(rest, entities, (id) => isIn(range, id) || id < (cursor ?? ''), asOf),
    counts: withCounts(rest.counts, counts, asOf),
    muted,
    query: { ...inbox.query, asOf, cursor },
  };
  if (before === null) return next;
  return { ...next, query: { ...next.query, depth: shownOf(next, itemsOf(next)).length } };
}

interface Range {
  readonly from: string;
  readonly before: string | null;
}

function isIn({ from, before }: Range, id: string): boolean {
  return id >= from && (before === null || id < before);
}

/** Whether a page before this cursor leaves no hole in the list, which may have been trimmed meanwhile. */
function continues({ query }: Inbox, before: string): boolean {
  return query.asOf !== '' && before >= (query.cursor ?? '');
}

/** Whether the page would hold the entity if it were still as it is known here. */
function isDenied(inbox: Inbox, entity: Entity, asOf: string): boolean {
  const { id } = entity.notification;
  const marks = inbox.marks.get(id) ?? new Map();
  if (entity.asOf > asOf || [...marks.values()].some(({ by }) => by > asOf)) return false;
  const gone = inbox.gone.get(id);
  return gone === undefined ? matches(itemOf(inbox, entity), inbox.query.filter) : gone.by <= asOf;
}

/** Marks that no answer has included yet. @param isCovered whether the page, or a later one, answers for an id */
function marksAfter(
  { marks }: Inbox,
  entities: ReadonlyMap<string, Entity>,
  isCovered: (id: string) => boolean,
  asOf: string,
): Inbox['marks'] {
  const after = new Map<string, Marks>();
  for (const [id, all] of marks) {
    const known = entities.get(id)?.asOf ?? (isCovered(id) ? asOf : '');
    const open = new Map([...all].filter(([, { by }]) => by > known));
    if (open.size > 0) after.set(id, open.size === all.size ? all : open);
  }
  return after;
}

function older(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : one < other ? one : other;
}
