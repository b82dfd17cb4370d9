import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { Preferences } from '../../../../protocol/preferences';
import { ServerAddress } from '../config/server-address';
import { refusalOf } from '../inbox/store/refusal';
import { PreferencesRefused } from './preferences-refused';

const UNREACHABLE = 'The server can’t be reached. Nothing was changed; try again in a moment.';

/** The requests about preferences. */
@Injectable({ providedIn: 'root' })
export class PreferencesApi {
  readonly #http = inject(HttpClient);
  readonly #url = inject(ServerAddress).http('/api/preferences');

  read(): Promise<Preferences> {
    return firstValueFrom(this.#http.get<Preferences>(this.#url));
  }

  /** @throws PreferencesRefused */
  async change(preferences: Preferences): Promise<Preferences> {
    try {
      return await firstValueFrom(this.#http.put<Preferences>(this.#url, preferences));
    } catch (error) {
      const { message, fields } = refusalOf(error, UNREACHABLE);
      throw new PreferencesRefused(message, fields);
    }
  }
}
