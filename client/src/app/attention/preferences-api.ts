import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { Attentiveness, Preferences, SavedFilter } from '../../../../protocol/preferences';
import { ServerAddress } from '../config/server-address';
import { refusalOf } from '../inbox/store/refusal';
import { PreferencesRefused } from './preferences-refused';

/** The requests about preferences. */
@Injectable({ providedIn: 'root' })
export class PreferencesApi {
  readonly #http = inject(HttpClient);
  readonly #url = inject(ServerAddress).http('/api/preferences');

  read(): Promise<Preferences> {
    return firstValueFrom(this.#http.get<Preferences>(this.#url));
  }

  /** @throws PreferencesRefused */
  change(attentiveness: Attentiveness): Promise<Preferences> {
    return this.#try(() => this.#put('', attentiveness));
  }

  /** @param change of those that the server has by now. @throws PreferencesRefused */
  changeFilters(change: (before: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<Preferences> {
    return this.#try(async () => this.#put('/filters', { filters: change((await this.read()).filters) }));
  }

  #put(path: string, body: object): Promise<Preferences> {
    return firstValueFrom(this.#http.put<Preferences>(`${this.#url}${path}`, body));
  }

  async #try(work: () => Promise<Preferences>): Promise<Preferences> {
    try {
      return await work();
    } catch (error) {
      const { message, fields } = await refusalOf(error, $localize`:@@preferences.notChanged:The server can’t be reached. Nothing was changed; try again in a moment.`);
      throw new PreferencesRefused(message, fields);
    }
  }
}
