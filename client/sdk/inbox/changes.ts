import { inject, Injectable, signal } from '@angular/core';
import { CHANGE_IDS_MAX, type InboxChanged, type StateChange } from '../../../../../protocol/inbox';
import { NotificationsApi, type Selection } from './notifications-api';
import type { Pending } from '../../../../sdk/inbox/pending.js';
import { refusalOf } from '../../refusal/refusal';

/** What a change has done. */
export interface Done {
  /** Of what has changed; at least one. */
  readonly ids: readonly string[];
  /** What undoes it: for those that were snoozed, until when they were. */
  readonly undo: readonly Undo[];
}

export interface Undo {
  readonly ids: readonly string[];
  readonly change: StateChange;
}

/** Changes of state: shown at once, and taken back where the server refuses. */
@Injectable({ providedIn: 'root' })
export class InboxChanges {
  readonly #api = inject(NotificationsApi);
  readonly #pending = signal<readonly Pending[]>([]);
  readonly #problem = signal<string | null>(null);

  readonly pending = this.#pending.asReadonly();
  /** Reason why the last change may have failed; null if it succeeded. */
  readonly problem = this.#problem.asReadonly();

  /**
   * @param shown what is shown as changed meanwhile
   * @param take what the server has changed, maybe in several parts
   * @returns null when it has changed nothing, or failed on the way: `problem` tells that
   */
  async make(
    selection: Selection,
    shown: readonly string[],
    change: StateChange,
    take: (changed: InboxChanged) => void,
  ): Promise<Done | null> {
    const pending: Pending = { ids: new Set(shown), change };
    const ids: string[] = [];
    const undo: Undo[] = [];
    this.#pending.update((all) => [...all, pending]);
    this.#problem.set(null);
    try {
      for (const parts = partsOf(selection); parts.length > 0;) {
        const part = parts.shift() as Selection;
        const changed = await this.#api.change(part, change);
        take(changed);
        if ('filter' in part && changed.nextUpTo !== undefined) parts.push({ ...part, upTo: changed.nextUpTo });
        ids.push(...changed.ids);
        undo.push(...undoOf(changed, change));
      }
      return ids.length === 0 ? null : { ids, undo };
    } catch (error) {
      this.#problem.set(
        (
          await refusalOf(
            error,
            $localize`:@@store.notChanged:The server did not answer, so this may not have been saved. Try again in a moment.`,
          )
        ).message,
      );
      return null;
    } finally {
      this.#pending.update((all) => all.filter((one) => one !== pending));
    }
  }

  forget(): void {
    this.#problem.set(null);
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
