import { effect, inject, Injectable } from '@angular/core';
import { Session } from './session';
import type { SignedIn } from './stored-session';

/** The token is renewed this long before it expires, or in the last tenth of its life if that is shorter. */
const RENEW_WITHIN_MS = 5 * 60 * 1000;
const RENEW_WITHIN_SHARE = 0.1;
const RETRY_MS = 30_000;
/** The longest delay that a browser's timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Renews the session while the page is open, so that nobody is thrown out while using it. */
@Injectable({ providedIn: 'root' })
export class SessionRenewal {
  readonly #session = inject(Session);

  constructor() {
    effect((onCleanup) => {
      const session = this.#session.signedIn();
      if (session === null) return;
      const timer = setTimeout(() => this.#renew(), Math.min(delayOf(session, Date.now()), LONGEST_TIMER_MS));
      onCleanup(() => clearTimeout(timer));
    });
  }

  /** Tries until it works or the token expires; a token that is refused ends the session by the interceptor. */
  #renew(): void {
    const session = this.#session.signedIn();
    if (session === null) return;
    this.#session.renew().catch(() => {
      setTimeout(() => {
        if (this.#session.signedIn() === session) this.#renew();
      }, RETRY_MS);
    });
  }
}

function delayOf({ expiresAt }: SignedIn, now: number): number {
  const leftMs = expiresAt - now;
  return leftMs - Math.min(RENEW_WITHIN_MS, leftMs * RENEW_WITHIN_SHARE);
}
