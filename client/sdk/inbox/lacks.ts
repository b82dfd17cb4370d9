import type { InboxFilter } from '@herald/protocol';
import type { Inbox, Marks } from './inbox.ts';
import type { Entry } from './updaters/with-entries.ts';

/** Whether a change may have brought a notification into the list that is not held here: only the server has it. */
export function isLacking({ entities, marks, gone, query }: Inbox): boolean {
  const oldest = query.cursor ?? '';
  for (const [id, mark] of marks) {
    if (id >= oldest && !entities.has(id) && !gone.has(id) && bringsIn(mark, query.filter)) return true;
  }
  return false;
}

/** Whether a notification that did not match the filter may match it with these marks. */
function bringsIn(marks: Marks, { view, unread }: InboxFilter): boolean {
  const archived = marks.get('archived')?.value;
  const snoozedUntil = marks.get('snoozedUntil')?.value;
  const read = marks.get('read')?.value;
  if (unread === true && read === true) return false;
  if (unread === true && read === false) return true;
  if (view === 'archived') return archived === true;
  if (view === 'snoozed') return archived !== true && (archived === false || typeof snoozedUntil === 'string');
  if (view === 'all') return false;
  return archived !== true && typeof snoozedUntil !== 'string' && (archived === false || snoozedUntil === null);
}

/** Whether these entries mute other categories than the last page said. */
export function changesMuted({ asOf, muted }: Inbox, entries: readonly Entry[]): boolean {
  return entries.some(
    ({ kind, data }) =>
      kind === 'preferences' && data.id > asOf && !isSame(muted, mutedIn(data.preferences.categories)),
  );
}

function mutedIn(categories: Readonly<Record<string, string>>): string[] {
  return Object.keys(categories).filter((category) => categories[category] === 'muted');
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((category) => other.includes(category));
}
