import type { EntryFrame } from '@herald/protocol';
import type { ConnectionEvent } from '../../connection/progress.ts';
import { later, withCounts } from '../counts-of.ts';
import type { Counts, Entity, Gone, Inbox, Marks } from '../inbox.ts';
import { marked } from './marked.ts';

/** An entry as the connection hands it over. */
export type Entry = EntryFrame extends infer Frame
  ? Frame extends EntryFrame
    ? { kind: Frame['event']; data: Frame['data'] }
    : never
  : never;

type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>['data'];

export function isEntry(event: ConnectionEvent): event is ConnectionEvent & Entry {
  return (
    event.kind === 'notification' || event.kind === 'state' || event.kind === 'retract' || event.kind === 'preferences'
  );
}

/** With these entries, in any order. */
export function withEntries(inbox: Inbox, entries: readonly Entry[]): Inbox {
  if (entries.length === 0) return inbox;
  const next = new NextInbox(inbox);
  for (const { kind, data } of entries) {
    if (kind === 'notification') next.add(data);
    else if (kind === 'retract') next.remove(data.notificationId, { by: data.id });
    else if (kind === 'state') next.mark(data);
  }
  return { ...inbox, entities: next.entities, marks: next.marks, gone: next.gone, counts: next.counts };
}

/** The parts of an inbox that entries change. */
class NextInbox {
  readonly #headAsOf: string;
  readonly entities: Map<string, Entity>;
  readonly marks: Map<string, Marks>;
  readonly gone: Map<string, Gone>;
  counts: Counts;

  constructor({ headAsOf, entities, marks, gone, counts }: Inbox) {
    this.#headAsOf = headAsOf;
    this.entities = new Map(entities);
    this.marks = new Map(marks);
    this.gone = new Map(gone);
    this.counts = counts;
  }

  add({ replaces, ...data }: EntryOf<'notification'>): void {
    const { id } = data;
    if (replaces !== undefined) this.remove(replaces, { by: id, replacedBy: id });
    // The page has it, in its state, if it belongs to the list.
    if (id <= this.#headAsOf || this.entities.has(id)) return;
    const notification = replaces === undefined ? data : { ...data, replaces };
    this.entities.set(id, { notification, mark: {}, asOf: id });
    // It may be one of those that were cut, coming through another channel.
    if (id > this.counts.by && id <= this.counts.cut) {
      this.counts = { ...this.counts, staleBy: later(this.counts.staleBy, id) };
    }
  }

  remove(id: string, gone: Gone): void {
    const before = this.gone.get(id);
    // Several entries may say so; it was gone from the first one on.
    const by = before === undefined || gone.by < before.by ? gone.by : before.by;
    this.gone.set(id, { ...before, ...gone, by });
  }

  mark({ id: by, ids, counts, ...mark }: EntryOf<'state'>): void {
    for (const id of ids) {
      if (by > (this.entities.get(id)?.asOf ?? this.#headAsOf))
        this.marks.set(id, marked(this.marks.get(id), mark, by));
    }
    this.counts = withCounts(this.counts, counts, by);
  }
}
