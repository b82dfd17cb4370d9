import { ServerAddress } from '#app/platform/server-address';
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Account } from '@herald/protocol';
import { firstValueFrom } from 'rxjs';

/** The server's maximum. */
const PAGE = 200;

/** An administrator's change of an account; absent fields stay unchanged. */
export interface AccountChange {
  roles?: string[];
  topics?: string[];
  password?: string;
}

/** Account requests, for administrators. Each rejects with an HttpErrorResponse. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);

  /** All accounts by name, a page at a time. */
  async list(): Promise<Account[]> {
    const all: Account[] = [];
    for (;;) {
      const params = { limit: PAGE, after: all.at(-1)?.username ?? '' };
      const page = await firstValueFrom(this.#http.get<Account[]>(this.#address(), { params }));
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  }

  add(username: string, change: AccountChange): Promise<Account> {
    return firstValueFrom(this.#http.post<Account>(this.#address(), { username, ...change }));
  }

  change(username: string, change: AccountChange): Promise<Account> {
    return firstValueFrom(this.#http.patch<Account>(this.#address(username), change));
  }

  remove(username: string): Promise<unknown> {
    return firstValueFrom(this.#http.delete(this.#address(username)));
  }

  #address(username?: string): string {
    return this.#server.http(`/api/users${username === undefined ? '' : `/${encodeURIComponent(username)}`}`);
  }
}
