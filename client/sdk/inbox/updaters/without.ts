import { addUncounted, later } from '../counts-of.ts';
import type { Entity, Inbox } from '../inbox.ts';

/** Without these entities. The counts still include them. */
export function without(inbox: Inbox, isDropped: (entity: Entity) => boolean): Inbox {
  const entities = new Map(inbox.entities);
  const marks = new Map(inbox.marks);
  const value = { ...inbox.counts.value };
  let { cut } = inbox.counts;
  for (const entity of inbox.entities.values()) {
    if (!isDropped(entity)) continue;
    const { id } = entity.notification;
    entities.delete(id);
    if (isOld(inbox, id)) marks.delete(id);
    if (addUncounted(value, inbox, entity)) cut = later(cut, later(id, inbox.gone.get(id)?.by ?? ''));
  }
  if (entities.size === inbox.entities.size) return inbox;
  return { ...inbox, entities, marks, counts: { ...inbox.counts, value, cut } };
}

/** Whether every answer that may still come includes all that is marked. */
function isOld({ marks, asOf }: Inbox, id: string): boolean {
  return [...(marks.get(id)?.values() ?? [])].every(({ by }) => by <= asOf);
}
