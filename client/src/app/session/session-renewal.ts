import { effect, inject, Injectable } from '@angular/core';
import { Session } from './session';
import type { SignedIn } from './stored-session';

/** The token is renewed this long before it expires, or in the last tenth of its life if that is shorter. */
const RENEW_WITHIN_MS = 5 * 60 * 1000;
const RENEW_WITHIN_SHARE = 0.1;
const RETRY_MS = 30_000;
/**
 * Interval of checks. Timers stop while the computer sleeps, and the clock may be set, so a single timer until the
 * renewal is not enough.
 */
const LOOK_AGAIN_MS = 60_000;

/** Renews the session while the page is open, so that nobody is signed out while using it. */
@Injectable({ providedIn: 'root' })
export class SessionRenewal {
  readonly #session = inject(Session);

  constructor() {
    effect((onCleanup) => {
      const session = this.#session.signedIn();
      if (session === null) return;
      const renewAt = renewalOf(session, Date.now());
      let timer: ReturnType<typeof setTimeout>;
      const look = (): void => {
        const leftMs = renewAt - Date.now();
        if (leftMs <= 0) this.#renew();
        else timer = setTimeout(look, Math.min(leftMs, LOOK_AGAIN_MS));
      };
      timer = setTimeout(look);
      onCleanup(() => clearTimeout(timer));
    });
  }

  /** Retries until it succeeds or the token expires; a refused token ends the session. */
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

/** When to renew a token checked now, in milliseconds since 1970. */
function renewalOf({ expiresAt }: SignedIn, now: number): number {
  const leftMs = expiresAt - now;
  return expiresAt - Math.min(RENEW_WITHIN_MS, leftMs * RENEW_WITHIN_SHARE);
}
