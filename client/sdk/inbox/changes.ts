import { CHANGE_IDS_MAX, type InboxChanged, type InboxFilter, type StateChange } from '@herald/protocol';
import type { InboxApi, Selection } from './inbox-api.ts';

/**
 * These notifications, or all that match a filter up to an id, loaded or not. `filter`: by default that of the list.
 */
export type Target = readonly string[] | { upTo: string; filter?: InboxFilter };

/** Result of a change. */
export interface Outcome {
  /** Null when nothing has changed. */
  readonly done: Done | null;
  /** Error of the request that failed. */
  readonly error?: unknown;
  /** Notifications of that request and of those behind it. */
  readonly rest?: Target;
}

/** A change that the server has made. */
export interface Done {
  /** Changed notifications, at least one. */
  readonly ids: readonly string[];
  /** The reverse changes. Notifications that were snoozed are snoozed again until the same instant. */
  readonly undo: readonly Undo[];
}

export interface Undo {
  readonly ids: readonly string[];
  readonly change: StateChange;
}

/**
 * Asks the server for a change, in several requests if it is large.
 * @param take receives each answer
 */
export async function makeChange(
  api: InboxApi,
  selection: Selection,
  change: StateChange,
  take: (changed: InboxChanged) => void,
): Promise<Outcome> {
  const ids: string[] = [];
  const undo: Undo[] = [];
  const done = (): Done | null => (ids.length === 0 ? null : { ids, undo });
  const parts = partsOf(selection);
  try {
    for (let part = parts[0]; part !== undefined; part = parts[0]) {
      const changed = await api.change(part, change);
      take(changed);
      parts.shift();
      if ('filter' in part && changed.nextUpTo !== undefined) parts.push({ ...part, upTo: changed.nextUpTo });
      ids.push(...changed.ids);
      undo.push(...undoOf(changed, change));
    }
    return { done: done() };
  } catch (error) {
    return { done: done(), error, rest: targetOf(parts) };
  }
}

function targetOf(parts: readonly Selection[]): Target {
  const [first] = parts;
  if (first !== undefined && 'filter' in first) return first;
  return parts.flatMap((part) => ('ids' in part ? part.ids : []));
}

function partsOf(selection: Selection): Selection[] {
  if (!('ids' in selection)) return [selection];
  const parts: Selection[] = [];
  for (let from = 0; from < selection.ids.length; from += CHANGE_IDS_MAX) {
    parts.push({ ids: selection.ids.slice(from, from + CHANGE_IDS_MAX) });
  }
  return parts;
}

function undoOf({ ids, wereSnoozed = [] }: InboxChanged, { read, archived, snoozedUntil }: StateChange): Undo[] {
  const reverse: StateChange = {
    ...(read === undefined ? {} : { read: !read }),
    ...(archived === undefined ? {} : { archived: !archived }),
    ...(snoozedUntil === undefined ? {} : { snoozedUntil: null }),
  };
  const snoozed = wereSnoozed.map((together) => ({
    ids: together.ids,
    change: { ...reverse, snoozedUntil: together.snoozedUntil },
  }));
  const known = new Set(snoozed.flatMap((one) => one.ids));
  const others = ids.filter((id) => !known.has(id));
  return others.length === 0 ? snoozed : [...snoozed, { ids: others, change: reverse }];
}
