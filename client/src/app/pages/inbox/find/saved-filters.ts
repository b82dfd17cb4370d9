import { PreferencesStore } from '#app/preferences/preferences-store';
import { computed, inject, Injectable } from '@angular/core';
import type { SavedFilter } from '@herald/protocol';

/** Filters that the signed-in person has saved. The server keeps them with the preferences. */
@Injectable()
export class SavedFilters {
  readonly #preferences = inject(PreferencesStore);

  readonly all = computed<readonly SavedFilter[]>(() => this.#preferences.preferences()?.filters ?? []);

  /** Replaces a filter of the same name. @param at its place; the last by default. @throws Refused */
  save(filter: SavedFilter, at = Infinity): Promise<void> {
    return this.#preferences.changeFilters((before) =>
      before.filter(({ name }) => name !== filter.name).toSpliced(at, 0, filter),
    );
  }

  /** @throws Refused */
  remove(name: string): Promise<void> {
    return this.#preferences.changeFilters((before) => before.filter((one) => one.name !== name));
  }
}
