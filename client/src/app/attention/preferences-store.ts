import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type Attentiveness, DEFAULT_PREFERENCES, type Preferences, type SavedFilter } from '../../../../protocol/preferences';
import { Connection } from '../connection/connection';
import { Session } from '../session/session';
import { PreferencesApi } from './preferences-api';

/** What may draw the attention of the person who is signed in. The server keeps it; it is read at every connection, and followed. */
@Injectable({ providedIn: 'root' })
export class PreferencesStore {
  readonly #api = inject(PreferencesApi);
  readonly #connection = inject(Connection);
  readonly #username = inject(Session).signedIn;
  readonly #preferences = signal<Preferences | null>(null);
  readonly #isLive = computed(() => this.#connection.status().state === 'live');

  /** How often they were told of: an answer that was asked for before is older. */
  #told = 0;

  /** Whose they are. */
  readonly username = computed(() => this.#username()?.username ?? null);
  /** Null until they are known. */
  readonly preferences = this.#preferences.asReadonly();

  constructor() {
    effect(() => {
      const username = this.#username()?.username ?? null;
      untracked(() => this.#preferences.set(username === null ? null : readKept(username)));
      if (username !== null && this.#isLive()) void this.#load(username);
    });
    this.#connection.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      const username = this.#username()?.username;
      if (event.kind === 'preferences' && username !== undefined) this.#take(username, event.data.preferences);
    });
  }

  /** @throws PreferencesRefused; then they are as they were */
  change(attentiveness: Attentiveness): Promise<void> {
    return this.#become(this.#api.change(attentiveness));
  }

  /** @throws PreferencesRefused; then they are as they were */
  changeFilters(change: (before: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<void> {
    return this.#become(this.#api.changeFilters(change));
  }

  async #become(changing: Promise<Preferences>): Promise<void> {
    const username = this.username();
    const changed = await changing;
    if (username !== null) this.#take(username, changed);
  }

  async #load(username: string): Promise<void> {
    const told = this.#told;
    try {
      const preferences = await this.#api.read();
      if (told === this.#told) this.#take(username, preferences);
    } catch {
      // The next connection asks again; until then those that this browser kept are good, or else the defaults.
      if (this.#preferences() === null) this.#take(username, DEFAULT_PREFERENCES);
    }
  }

  #take(username: string, preferences: Preferences): void {
    if (username !== this.#username()?.username) return;
    this.#told += 1;
    this.#preferences.set(preferences);
    keep(username, preferences);
  }
}

/** As this browser last knew them: what arrives first of all must not wait for an answer, nor ignore a muted category. */
function readKept(username: string): Preferences | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key(username)) ?? 'null') as Preferences | null;
    return kept === null ? null : { ...DEFAULT_PREFERENCES, ...kept };
  } catch {
    return null;
  }
}

function keep(username: string, preferences: Preferences): void {
  localStorage.setItem(key(username), JSON.stringify(preferences));
}

function key(username: string): string {
  return `herald.preferences.${username}`;
}
