import { PreferencesStore } from '#app/preferences/preferences-store';
import { computed, effect, inject, Injectable, untracked } from '@angular/core';
import type { SavedFilter } from '@herald/protocol';
import { keepBrowsersFilters, readBrowsersFilters, withBrowsersFilters } from './browsers-filters';

/** The views that the person who is signed in has saved: the server keeps them with the preferences. */
@Injectable({ providedIn: 'root' })
export class SavedFilters {
  readonly #preferences = inject(PreferencesStore);

  readonly all = computed<readonly SavedFilter[]>(() => this.#preferences.preferences()?.filters ?? []);

  constructor() {
    effect(() => {
      const username = this.#preferences.username();
      if (username !== null) untracked(() => void this.#takeOver(username));
    });
  }

  /** One of the same name is replaced. @throws Refused */
  save(filter: SavedFilter): Promise<void> {
    return this.#preferences.changeFilters((before) => [...before.filter(({ name }) => name !== filter.name), filter]);
  }

  /** @throws Refused */
  remove(name: string): Promise<void> {
    return this.#preferences.changeFilters((before) => before.filter((one) => one.name !== name));
  }

  /** Once: then this browser has none any more, but for those that found no room. */
  async #takeOver(username: string): Promise<void> {
    const kept = readBrowsersFilters(username);
    if (kept.length === 0) return;
    try {
      await this.#preferences.changeFilters((before) => withBrowsersFilters(before, kept));
      const names = new Set(this.all().map(({ name }) => name));
      keepBrowsersFilters(
        username,
        kept.filter(({ name }) => !names.has(name)),
      );
    } catch {
      // They stay here; it is tried again when the page is opened, or the person signs in, the next time.
    }
  }
}
