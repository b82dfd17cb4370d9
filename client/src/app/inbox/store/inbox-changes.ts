import { inject, Injectable, signal } from '@angular/core';
import { CHANGE_IDS_MAX, type InboxChanged, type StateChange } from '../../../../../protocol/inbox';
import { NotificationsApi, type Selection } from './notifications-api';
import type { Pending } from './pending';
import { refusalOf } from './refusal';

/** What can be undone: the reverse change on what has changed. */
export interface Undoable {
  readonly ids: readonly string[];
  readonly change: StateChange;
  readonly reverse: StateChange;
}

/** Changes of state: shown at once, and taken back where the server refuses. */
@Injectable({ providedIn: 'root' })
export class InboxChanges {
  readonly #api = inject(NotificationsApi);
  readonly #pending = signal<readonly Pending[]>([]);
  readonly #undoable = signal<Undoable | null>(null);
  readonly #problem = signal<string | null>(null);

  readonly pending = this.#pending.asReadonly();
  /** The last change, until another one or `forget`. */
  readonly undoable = this.#undoable.asReadonly();
  /** Why the last change did not happen; null when it did. */
  readonly problem = this.#problem.asReadonly();

  /**
   * @param shown what is shown as changed meanwhile
   * @param take what the server has changed, maybe in several parts
   */
  async make(selection: Selection, shown: readonly string[], change: StateChange, take: (changed: InboxChanged) => void): Promise<void> {
    const ids = await this.#ask(selection, shown, change, take);
    if (ids.length > 0) this.#undoable.set({ ids, change, reverse: reverseOf(change) });
  }

  forget(): void {
    this.#undoable.set(null);
    this.#problem.set(null);
  }

  /** @returns ids of what has changed */
  async #ask(selection: Selection, shown: readonly string[], change: StateChange, take: (changed: InboxChanged) => void): Promise<string[]> {
    const pending: Pending = { ids: new Set(shown), change };
    const ids: string[] = [];
    this.#pending.update((all) => [...all, pending]);
    this.#problem.set(null);
    try {
      for (const part of partsOf(selection)) {
        const changed = await this.#api.change(part, change);
        take(changed);
        ids.push(...changed.ids);
      }
    } catch (error) {
      this.#problem.set((await refusalOf(error, $localize`:@@store.notChanged:The server can’t be reached. Nothing has changed; try again in a moment.`)).message);
    } finally {
      this.#pending.update((all) => all.filter((one) => one !== pending));
    }
    return ids;
  }
}

function partsOf(selection: Selection): Selection[] {
  if (!('ids' in selection)) return [selection];
  const parts: Selection[] = [];
  for (let from = 0; from < selection.ids.length; from += CHANGE_IDS_MAX) {
    parts.push({ ids: selection.ids.slice(from, from + CHANGE_IDS_MAX) });
  }
  return parts;
}

function reverseOf({ read, archived, snoozedUntil }: StateChange): StateChange {
  return {
    ...(read === undefined ? {} : { read: !read }),
    ...(archived === undefined ? {} : { archived: !archived }),
    ...(snoozedUntil === undefined ? {} : { snoozedUntil: null }),
  };
}
