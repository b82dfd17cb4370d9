import type { Inbox } from './inbox.js';
import type { Entry } from './updaters/with-entries.js';

/**
 * Whether entries have spoken of what is not known here, so that only the server can tell what it means for what is
 * shown: a notification that a change may bring into view, or one that is gone and may have been counted.
 */
export function isLacking({ known, marks, gone, counts, nextCursor }: Inbox): boolean {
  for (const id of marks.keys()) if (!known.has(id) && !gone.has(id) && id >= (nextCursor ?? '')) return true;
  for (const [id, by] of gone) if (!known.has(id) && by > counts.by) return true;
  return false;
}

/** Whether other categories count as read from now on than the page said. */
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
