import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { CurrentUser, ErrorAnswer, LoginAnswer, ServerInfo } from '../../../../protocol/http';
import { ServerAddress } from '../config/server-address';
import { refused } from '../language/refused';
import { SignInRefused } from './sign-in-refused';

const SIGN_OUT_TIMEOUT_MS = 10_000;

/** The requests about who is signed in. */
@Injectable({ providedIn: 'root' })
export class SessionApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);

  info(): Promise<ServerInfo> {
    return firstValueFrom(this.#http.get<ServerInfo>(this.#server.http('/api/info')));
  }

  /** @throws SignInRefused with words for the person */
  async login(username: string, password: string): Promise<LoginAnswer> {
    try {
      const url = this.#server.http('/api/auth/login');
      return await firstValueFrom(this.#http.post<LoginAnswer>(url, { username, password }));
    } catch (error) {
      throw new SignInRefused(await reasonOf(error));
    }
  }

  /** A fresh token for the one in use. @throws HttpErrorResponse */
  refresh(): Promise<LoginAnswer> {
    return firstValueFrom(this.#http.post<LoginAnswer>(this.#server.http('/api/auth/refresh'), null));
  }

  /** Has the server refuse the token from now on. Whoever can't reach it is signed out here all the same. */
  async signOut(token: string): Promise<void> {
    const options = { headers: { Authorization: `Bearer ${token}` }, timeout: SIGN_OUT_TIMEOUT_MS };
    await firstValueFrom(this.#http.post(this.#server.http('/api/auth/logout'), null, options)).catch(() => undefined);
  }

  /** @throws HttpErrorResponse 401 when the token in use is no longer good */
  me(): Promise<CurrentUser> {
    return firstValueFrom(this.#http.get<CurrentUser>(this.#server.http('/api/auth/me')));
  }
}

async function reasonOf(error: unknown): Promise<string> {
  if (!(error instanceof HttpErrorResponse)) throw error;
  const answer = error.error as Partial<ErrorAnswer> | null;
  const said = answer?.message;
  // The server's message says what to do.
  if (error.status === 503 && said !== undefined) return refused(said);
  if (error.status === 0 || error.status >= 500)
    return $localize`:@@session.unreachable:The server can’t be reached. Try again in a moment.`;
  if (error.status === 400) return $localize`:@@session.fill:Enter your username and your password.`;
  return said === undefined ? $localize`:@@session.failed:Signing in did not work. Try again.` : refused(said);
}
