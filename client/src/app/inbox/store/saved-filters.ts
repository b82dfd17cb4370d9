import { computed, inject, Injectable, linkedSignal } from '@angular/core';
import { Session } from '../../session/session';

/** A view that a person has given a name. */
export interface SavedFilter {
  readonly name: string;
  /** Path and query of the page that shows it. */
  readonly url: string;
}

const KEY = 'herald.saved-filters';
export const FILTER_NAME_MAX = 40;

/** The views that the person who is signed in has saved in this browser. */
@Injectable({ providedIn: 'root' })
export class SavedFilters {
  readonly #session = inject(Session);
  readonly #key = computed(() => `${KEY}.${this.#session.signedIn()?.username ?? ''}`);
  readonly #all = linkedSignal<readonly SavedFilter[]>(() => read(this.#key()));

  readonly all = this.#all.asReadonly();

  /** One of the same name is replaced. */
  save(filter: SavedFilter): void {
    this.#store([...this.#all().filter(({ name }) => name !== filter.name), filter]);
  }

  remove(name: string): void {
    this.#store(this.#all().filter((one) => one.name !== name));
  }

  #store(filters: readonly SavedFilter[]): void {
    this.#all.set(filters);
    try {
      localStorage.setItem(this.#key(), JSON.stringify(filters));
    } catch {
      // No room, or not allowed: they last as long as the page.
    }
  }
}

/** What is not of the shape is dropped: anything on this origin may have written it. */
function read(key: string): SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isSaved) : [];
  } catch {
    return [];
  }
}

function isSaved(one: unknown): one is SavedFilter {
  const { name, url } = (one ?? {}) as Partial<Record<keyof SavedFilter, unknown>>;
  return typeof name === 'string' && typeof url === 'string' && url.startsWith('/') && !url.startsWith('//');
}
