import { computed, signal } from '@angular/core';
import type { Target } from '@herald/client/inbox';

/** Which notifications are ticked, for something to be done with all of them. */
export class Selection {
  readonly #ticked = signal<ReadonlySet<string>>(new Set());
  readonly #upTo = signal<string | null>(null);
  #last: string | null = null;

  readonly ids = computed(() => [...this.#ticked()]);
  readonly count = computed(() => this.#ticked().size);
  /** All that match are meant, also what is not loaded: those up to this id. Null: only those that are ticked. */
  readonly upTo = this.#upTo.asReadonly();
  readonly target = computed<Target>(() => {
    const upTo = this.#upTo();
    return upTo === null ? this.ids() : { upTo };
  });

  has(id: string): boolean {
    return this.#ticked().has(id);
  }

  /**
   * Ticks these notifications, or unticks them if all are ticked.
   * @param these notifications of one row
   * @param isRange all from the row ticked last to this one, of those that are listed
   */
  toggle(these: readonly string[], isRange: boolean, listed: readonly string[]): void {
    // From here on the selection is a list of ids, so it no longer includes notifications that are not listed.
    if (this.#upTo() !== null) this.all([...this.among(listed)]);
    const isTicked = !these.every((id) => this.has(id));
    const last = this.#last;
    const ids = isRange && last !== null ? [...these, ...these.flatMap((id) => rangeOf(listed, last, id))] : these;
    this.#ticked.update(
      (before) => new Set(isTicked ? [...before, ...ids] : [...before].filter((one) => !ids.includes(one))),
    );
    this.#last = these[0] ?? null;
  }

  all(ids: readonly string[]): void {
    this.#upTo.set(null);
    this.#ticked.set(new Set(ids));
  }

  /** Selects all matches, without later arrivals. @param listed newest first */
  everything(listed: readonly string[]): void {
    this.all(listed);
    this.#upTo.set(listed[0] ?? null);
  }

  /** The selected ones among those that are listed now. */
  among(listed: readonly string[]): ReadonlySet<string> {
    const upTo = this.#upTo();
    return upTo === null ? this.#ticked() : new Set(listed.filter((id) => id <= upTo));
  }

  /** Number of listed ones that arrived after all matches were selected. */
  since(listed: readonly string[]): number {
    const upTo = this.#upTo();
    return upTo === null ? 0 : listed.filter((id) => id > upTo).length;
  }

  /** Drops those that are no longer listed. If all matches are selected, adds those that are listed now. */
  keep(listed: readonly string[]): void {
    const here = new Set(listed);
    const kept = this.#upTo() === null ? new Set(this.ids().filter((id) => here.has(id))) : this.among(listed);
    if (kept.size === this.count() && this.ids().every((id) => kept.has(id))) return;
    this.#ticked.set(kept);
    // Without a tick nobody would see that everything is still meant.
    if (kept.size === 0) this.#upTo.set(null);
  }

  clear(): void {
    this.all([]);
    this.#last = null;
  }
}

function rangeOf(listed: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [listed.indexOf(from), listed.indexOf(to)].sort((a, b) => a - b) as [number, number];
  return start < 0 ? [to] : listed.slice(start, end + 1);
}
