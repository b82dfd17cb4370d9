import { ServerAddress } from '#app/platform/server-address';
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Recipients } from '@herald/protocol';
import { firstValueFrom } from 'rxjs';

/** Requests the possible recipients of a notification. */
@Injectable({ providedIn: 'root' })
export class RecipientsApi {
  readonly #http = inject(HttpClient);
  readonly #url = inject(ServerAddress).http('/api/recipients');

  /** @param part of a name; empty for any. Rejects with an HttpErrorResponse */
  find(part: string): Promise<Recipients> {
    return firstValueFrom(this.#http.get<Recipients>(this.#url, { params: { q: part } }));
  }
}
