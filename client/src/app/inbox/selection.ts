import { computed, signal } from '@angular/core';

/** Which notifications are ticked, for something to be done with all of them. */
export class Selection {
  readonly #ticked = signal<ReadonlySet<string>>(new Set());
  readonly #upTo = signal<string | null>(null);
  #last: string | null = null;

  readonly ids = computed(() => [...this.#ticked()]);
  readonly count = computed(() => this.#ticked().size);
  /** All that match are meant, also what is not loaded: those up to this id. Null: only those that are ticked. */
  readonly upTo = this.#upTo.asReadonly();

  has(id: string): boolean {
    return this.#ticked().has(id);
  }

  /** Ticks it, or no longer. @param isRange all from the one ticked last to this one, of those that are listed */
  toggle(id: string, isRange: boolean, listed: readonly string[]): void {
    // From here on each one counts: what is not listed is no longer meant.
    if (this.#upTo() !== null) this.all([...this.among(listed)]);
    const isTicked = !this.has(id);
    const ids = isRange ? rangeOf(listed, this.#last ?? id, id) : [id];
    this.#ticked.update((before) => new Set(isTicked ? [...before, ...ids] : [...before].filter((one) => !ids.includes(one))));
    this.#last = id;
  }

  all(ids: readonly string[]): void {
    this.#upTo.set(null);
    this.#ticked.set(new Set(ids));
  }

  /** All that match; what arrives from now on is left alone. @param listed newest first */
  everything(listed: readonly string[]): void {
    this.all(listed);
    this.#upTo.set(listed[0] ?? null);
  }

  /** Of those that are listed by now, what is meant. */
  among(listed: readonly string[]): ReadonlySet<string> {
    const upTo = this.#upTo();
    return upTo === null ? this.#ticked() : new Set(listed.filter((id) => id <= upTo));
  }

  /** Forgets what is not listed any more. */
  keep(listed: ReadonlySet<string>): void {
    if ([...this.#ticked()].some((id) => !listed.has(id))) this.#ticked.update((before) => new Set([...before].filter((id) => listed.has(id))));
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
