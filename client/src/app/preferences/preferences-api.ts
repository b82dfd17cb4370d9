import { ServerAddress } from '#app/platform/server-address';
import { refusalOf } from '#app/refusal/refusal';
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Attentiveness, Preferences, PreferencesAnswer, SavedFilter } from '@herald/protocol';
import { firstValueFrom, type Observable } from 'rxjs';

/** Requests run one at a time, so one without an answer must not hold up the others for long. */
const OPTIONS = { timeout: 15_000 };

/** Requests about preferences. Each rejects with Refused. */
@Injectable({ providedIn: 'root' })
export class PreferencesApi {
  readonly #http = inject(HttpClient);
  readonly #url = inject(ServerAddress).http('/api/preferences');

  read(): Promise<PreferencesAnswer> {
    return this.#answer(this.#http.get<PreferencesAnswer>(this.#url, OPTIONS));
  }

  /** @param preferences if they omit the filters, those stay */
  change(preferences: Attentiveness | Preferences): Promise<Preferences> {
    return this.#answer(this.#http.put<Preferences>(this.#url, preferences, OPTIONS));
  }

  saveFilters(filters: readonly SavedFilter[]): Promise<Preferences> {
    return this.#answer(this.#http.put<Preferences>(`${this.#url}/filters`, { filters }, OPTIONS));
  }

  async #answer<Answer>(answer: Observable<Answer>): Promise<Answer> {
    try {
      return await firstValueFrom(answer);
    } catch (error) {
      throw await refusalOf(
        error,
        $localize`:@@preferences.notChanged:The server did not answer, so this may not have been saved. Try again in a moment.`,
      );
    }
  }
}
