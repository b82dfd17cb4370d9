import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  type Attentiveness,
  DEFAULT_PREFERENCES,
  type Preferences,
  type SavedFilter,
} from '../../../../protocol/preferences';
import { Connection } from '../connection/connection';
import { Session } from '../session/session';
import { readStored, store } from '../storage/browser-storage';
import { personalKey } from '../storage/personal-keys';
import { PreferencesApi } from './preferences-api';
import { PreferencesRefused } from './preferences-refused';

/** What may draw the attention of the person who is signed in. The server keeps it; it is read at every connection, and followed. */
@Injectable({ providedIn: 'root' })
export class PreferencesStore {
  readonly #api = inject(PreferencesApi);
  readonly #connection = inject(Connection);
  readonly #username = inject(Session).signedIn;
  readonly #preferences = signal<Preferences | null>(null);
  readonly #isAssumed = signal(false);
  readonly #isLive = computed(() => this.#connection.status().state === 'live');

  /** How often they were told of: an answer that was asked for before is older. */
  #told = 0;
  /** The last of what is asked and changed, whatever becomes of it. */
  #last: Promise<void> = Promise.resolve();

  /** Whose they are. */
  readonly username = computed(() => this.#username()?.username ?? null);
  /** Null until they are known. */
  readonly preferences = this.#preferences.asReadonly();
  /** They could not be read, and this browser has kept none: they are the defaults, whatever was chosen. */
  readonly isAssumed = this.#isAssumed.asReadonly();

  constructor() {
    effect(() => {
      const username = this.#username()?.username ?? null;
      untracked(() => this.#begin(username));
      if (username !== null && this.#isLive()) void this.#inTurn(() => this.#load(username));
    });
    this.#connection.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      const username = this.#username()?.username;
      if (event.kind === 'preferences' && username !== undefined) this.#take(username, event.data.preferences);
    });
  }

  /** Reads them again, as after a failure. */
  async reload(): Promise<void> {
    const username = this.username();
    if (username !== null) await this.#inTurn(() => this.#load(username));
  }

  /** @throws PreferencesRefused; then they are as they were */
  change(attentiveness: Attentiveness): Promise<void> {
    return this.#change(async () => {
      // One that has forgotten gets back what is not said here, too: the filters.
      await this.#read();
      return this.#api.change(attentiveness);
    });
  }

  /** @param change of those that the server has by then. @throws PreferencesRefused; then they are as they were */
  changeRules(change: (before: Preferences['categories']) => Preferences['categories']): Promise<void> {
    return this.#change(async () => {
      const before = await this.#read();
      return this.#api.change({ ...before, categories: change(before.categories) });
    });
  }

  /** @param change of those that the server has by then. @throws PreferencesRefused; then they are as they were */
  changeFilters(change: (before: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<void> {
    return this.#change(async () => this.#api.saveFilters(change((await this.#read()).filters)));
  }

  #change(work: () => Promise<Preferences>): Promise<void> {
    const username = this.username();
    return this.#inTurn(async () => {
      // Another's preferences are not changed; who wished it has left, and reads no reason.
      if (username === null || username !== this.username()) throw new PreferencesRefused('', []);
      this.#take(username, await work());
    });
  }

  /** One after the other: each begins with what the one before has left. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Those of the server. One that has forgotten them at a restart is given those that were known here. */
  async #read(): Promise<Preferences> {
    const [username, known] = [this.username(), this.#preferences()];
    const { untouched, ...preferences } = await this.#api.read();
    const isForgotten = untouched === true && known !== null && isChosen(known) && username === this.username();
    return isForgotten ? this.#api.change(known) : preferences;
  }

  async #load(username: string): Promise<void> {
    const told = this.#told;
    try {
      const preferences = await this.#read();
      if (told === this.#told) this.#take(username, preferences);
    } catch {
      // The next connection asks again; until then those that this browser kept are good, or else the defaults.
      if (this.#preferences() === null && username === this.username()) this.#assume();
    }
  }

  #begin(username: string | null): void {
    this.#isAssumed.set(false);
    this.#preferences.set(username === null ? null : readKept(username));
  }

  #assume(): void {
    this.#isAssumed.set(true);
    this.#preferences.set(DEFAULT_PREFERENCES);
  }

  #take(username: string, preferences: Preferences): void {
    if (username !== this.#username()?.username) return;
    this.#told += 1;
    this.#isAssumed.set(false);
    this.#preferences.set(preferences);
    store(personalKey('preferences', username), JSON.stringify(preferences));
  }
}

/** As this browser last knew them: what arrives first of all must not wait for an answer, nor ignore a muted category. */
function readKept(username: string): Preferences | null {
  try {
    const kept = JSON.parse(readStored(personalKey('preferences', username)) ?? 'null') as Preferences | null;
    return kept === null ? null : { ...DEFAULT_PREFERENCES, ...kept };
  } catch {
    return null;
  }
}

function isChosen(preferences: Preferences): boolean {
  return Object.entries(DEFAULT_PREFERENCES).some(
    ([name, value]) => JSON.stringify(preferences[name as keyof Preferences]) !== JSON.stringify(value),
  );
}
