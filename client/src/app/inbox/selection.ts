import { computed, signal } from '@angular/core';

/** Which notifications are ticked, for something to be done with all of them. */
export class Selection {
  readonly #ticked = signal<ReadonlySet<string>>(new Set());
  #last: string | null = null;

  readonly ids = computed(() => [...this.#ticked()]);
  readonly count = computed(() => this.#ticked().size);

  has(id: string): boolean {
    return this.#ticked().has(id);
  }

  /** Ticks it, or no longer. @param isRange all from the one ticked last to this one, of those that are listed */
  toggle(id: string, isRange: boolean, listed: readonly string[]): void {
    const isTicked = !this.has(id);
    const ids = isRange ? rangeOf(listed, this.#last ?? id, id) : [id];
    this.#ticked.update((before) => new Set(isTicked ? [...before, ...ids] : [...before].filter((one) => !ids.includes(one))));
    this.#last = id;
  }

  all(ids: readonly string[]): void {
    this.#ticked.set(new Set(ids));
  }

  /** Forgets what is not listed any more. */
  keep(listed: ReadonlySet<string>): void {
    if ([...this.#ticked()].some((id) => !listed.has(id))) this.#ticked.update((before) => new Set([...before].filter((id) => listed.has(id))));
  }

  clear(): void {
    this.#ticked.set(new Set());
    this.#last = null;
  }
}

function rangeOf(listed: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [listed.indexOf(from), listed.indexOf(to)].sort((a, b) => a - b) as [number, number];
  return start < 0 ? [to] : listed.slice(start, end + 1);
}
