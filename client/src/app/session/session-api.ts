import { ServerAddress } from '#app/platform/server-address';
import { Refused, refusalOf } from '#app/refusal/refusal';
import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { CurrentUser, LoginAnswer, ServerInfo } from '@herald/protocol';
import { firstValueFrom } from 'rxjs';

const SIGN_OUT_TIMEOUT_MS = 10_000;

/** Requests about the session. */
@Injectable({ providedIn: 'root' })
export class SessionApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);

  info(): Promise<ServerInfo> {
    return firstValueFrom(this.#http.get<ServerInfo>(this.#server.http('/api/info')));
  }

  /** @throws Refused with a message for the person */
  async login(username: string, password: string): Promise<LoginAnswer> {
    try {
      const url = this.#server.http('/api/auth/login');
      return await firstValueFrom(this.#http.post<LoginAnswer>(url, { username, password }));
    } catch (error) {
      if (error instanceof HttpErrorResponse && error.status === 400) {
        throw new Refused($localize`:@@session.fill:Enter your username and your password.`);
      }
      throw await refusalOf(
        error,
        $localize`:@@session.unreachable:The server can’t be reached. Try again in a moment.`,
      );
    }
  }

  /** Exchanges the current token for a new one. @throws HttpErrorResponse */
  refresh(): Promise<LoginAnswer> {
    return firstValueFrom(this.#http.post<LoginAnswer>(this.#server.http('/api/auth/refresh'), null));
  }

  /** Revokes the token. A failure is ignored: the person is signed out here anyway. */
  async signOut(token: string): Promise<void> {
    const options = { headers: { Authorization: `Bearer ${token}` }, timeout: SIGN_OUT_TIMEOUT_MS };
    await firstValueFrom(this.#http.post(this.#server.http('/api/auth/logout'), null, options)).catch(() => undefined);
  }

  /** @throws HttpErrorResponse 401 when the current token is no longer valid */
  me(): Promise<CurrentUser> {
    return firstValueFrom(this.#http.get<CurrentUser>(this.#server.http('/api/auth/me')));
  }
}
