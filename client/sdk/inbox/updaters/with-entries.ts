import type { EntryFrame, NotificationFrame } from '../../../../protocol/frames.js';
import type { ConnectionEvent } from '../../connection/progress.js';
import type { Inbox, Known } from '../inbox.js';
import { marked } from './marked.js';

/** An entry as the connection hands it on. */
export type Entry = EntryFrame extends infer Frame
  ? Frame extends EntryFrame
    ? { kind: Frame['event']; data: Frame['data'] }
    : never
  : never;

export function isEntry(event: ConnectionEvent): event is ConnectionEvent & Entry {
  return (
    event.kind === 'notification' || event.kind === 'state' || event.kind === 'retract' || event.kind === 'preferences'
  );
}

/** With what these entries say, in whatever order; what the newest page holds already is passed over. */
export function withEntries(inbox: Inbox, entries: readonly Entry[]): Inbox {
  const news = entries.filter(({ data }) => data.id > inbox.asOf);
  if (news.length === 0) return inbox;
  const known = new Map(inbox.known);
  const marks = new Map(inbox.marks);
  const gone = new Map(inbox.gone);
  let { counts } = inbox;
  for (const { kind, data } of news) {
    if (kind === 'notification') add(known, gone, data);
    else if (kind === 'retract') gone.set(data.notificationId, data.id);
    else if (kind === 'state') {
      for (const id of data.ids) marks.set(id, marked(marks.get(id), data, data.id));
      if (data.id > counts.by) counts = { value: data.counts, by: data.id };
    }
  }
  return { ...inbox, known, marks, gone, counts };
}

function add(known: Map<string, Known>, gone: Map<string, string>, data: NotificationFrame['data']): void {
  const { id, replaces } = data;
  if (!known.has(id)) known.set(id, { notification: data, mark: {}, asOf: id });
  if (replaces !== undefined) gone.set(replaces, id);
}
