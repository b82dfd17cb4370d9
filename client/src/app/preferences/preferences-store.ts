import { Connection } from '#app/connection/connection';
import { readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { HeraldApi } from '@herald/client/api';
import { type Attentiveness, DEFAULT_PREFERENCES, type Preferences, type SavedFilter } from '@herald/protocol';

/**
 * Preferences of the signed-in person. The server stores them; the page reads them at every connection and follows
 * changes.
 */
@Injectable()
export class PreferencesStore {
  readonly #api = inject(HeraldApi);
  readonly #connection = inject(Connection);
  readonly #username = inject(Person).username;
  readonly #preferences = signal(readKept(this.#username));
  readonly #isAssumed = signal(false);
  readonly #isLive = computed(() => this.#connection.status().state === 'live');

  /** Counts updates, so that an answer to an earlier request can be recognized as stale. */
  #told = 0;
  /** The last request in the queue; never rejects. */
  #last: Promise<void> = Promise.resolve();

  /** Null until known. */
  readonly preferences = this.#preferences.asReadonly();
  /** Whether the preferences are only the defaults: neither the server nor this browser could provide the real ones. */
  readonly isAssumed = this.#isAssumed.asReadonly();

  constructor() {
    effect(() => {
      if (this.#isLive()) void this.reload();
    });
    this.#connection.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event.kind === 'preferences') this.#take(event.data.preferences);
    });
  }

  /** Reads the preferences again, for example after a failure. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#load());
  }

  /** @throws Refused; the preferences are then unchanged */
  change(attentiveness: Attentiveness): Promise<void> {
    return this.#change(async () => {
      // Reading first restores the filters, which this change omits, to a server that has lost them.
      await this.#read();
      return this.#api.changePreferences(attentiveness);
    });
  }

  /**
   * @param change receives the server's current rules. @throws Refused; the preferences are then unchanged
   */
  changeRules(change: (before: Preferences['categories']) => Preferences['categories']): Promise<void> {
    return this.#change(async () => {
      const before = await this.#read();
      return this.#api.changePreferences({ ...before, categories: change(before.categories) });
    });
  }

  /**
   * @param change receives the server's current filters. @throws Refused; the preferences are then unchanged
   */
  changeFilters(change: (before: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<void> {
    return this.#change(async () => this.#api.saveFilters(change((await this.#read()).filters)));
  }

  #change(work: () => Promise<Preferences>): Promise<void> {
    return this.#inTurn(async () => this.#take(await work().catch(explain)));
  }

  /** Runs requests one at a time: each sees the result of the previous one. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Reads the server's preferences. If a restart has lost them, restores the ones known here. */
  async #read(): Promise<Preferences> {
    const known = this.#preferences();
    const { untouched, ...preferences } = await this.#api.preferences();
    const isForgotten = untouched === true && known !== null && isChosen(known);
    return isForgotten ? this.#api.changePreferences(known) : preferences;
  }

  async #load(): Promise<void> {
    const told = this.#told;
    try {
      const preferences = await this.#read();
      if (told === this.#told) this.#take(preferences);
    } catch {
      // The next connection retries; until then this browser's copy applies, or else the defaults.
      if (this.#preferences() === null) this.#assume();
    }
  }

  #assume(): void {
    this.#isAssumed.set(true);
    this.#preferences.set(DEFAULT_PREFERENCES);
  }

  #take(preferences: Preferences): void {
    this.#told += 1;
    this.#isAssumed.set(false);
    this.#preferences.set(preferences);
    store(personalKey('preferences', this.#username), JSON.stringify(preferences));
  }
}

/** This browser's copy: the first arrival must neither wait for the server's answer nor ignore a muted category. */
function readKept(username: string): Preferences | null {
  try {
    const kept = JSON.parse(readStored(personalKey('preferences', username)) ?? 'null') as Preferences | null;
    return kept === null ? null : { ...DEFAULT_PREFERENCES, ...kept };
  } catch {
    return null;
  }
}

async function explain(error: unknown): Promise<never> {
  throw await refusalOf(
    error,
    $localize`:@@preferences.notChanged:The server did not answer, so this may not have been saved. Try again in a moment.`,
  );
}

function isChosen(preferences: Preferences): boolean {
  return Object.entries(DEFAULT_PREFERENCES).some(
    ([name, value]) => JSON.stringify(preferences[name as keyof Preferences]) !== JSON.stringify(value),
  );
}
