import { Refused } from '#app/refusal/refusal';
import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { HeraldApi } from '@herald/client/api';
import { fromEvent } from 'rxjs';
import { endInWords, type SessionEnd } from './session-end';
import { signInRefusal } from './sign-in-refusal';
import {
  forgetSession,
  hasExpired,
  hasSignedOut,
  readStoredSession,
  rememberSignOut,
  SESSION_KEY,
  type SignedIn,
  storeSession,
} from './stored-session';

/** `starting`: not known yet. `unreachable`: the server does not answer; automatic retries follow. */
export type SessionState = 'starting' | 'unreachable' | 'signed-out' | 'signed-in';

const RETRY_MS = 3000;
/** A token refused this shortly before its end has expired: the server's clock is slightly ahead. */
const CLOCK_TOLERANCE_MS = 30_000;
/** Minimum time between automatic sign-ins of the demo, which could otherwise loop forever. */
const RETURN_PAUSE_MS = 60_000;
/** Longest delay that a browser's timer supports. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The session in this browser. */
@Injectable({ providedIn: 'root' })
export class Session {
  readonly #api = inject(HeraldApi);
  readonly #state = signal<SessionState>('starting');
  readonly #signedIn = signal<SignedIn | null>(null);
  readonly #endedBecause = signal<string | null>(null);
  readonly #isRevoked = signal(false);
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Time of the demo's last automatic sign-in, by `performance.now()`. */
  #returnedAt = -Infinity;
  /** The demo's session that an automatic sign-in is replacing. */
  #returning: SignedIn | null = null;

  readonly state = this.#state.asReadonly();
  readonly signedIn = this.#signedIn.asReadonly();
  /** Reason why the last session ended, in one sentence; null when the person signed out. */
  readonly endedBecause = this.#endedBecause.asReadonly();
  /** Whether the server ended the last session early: the account is gone or has another password. */
  readonly isRevoked = this.#isRevoked.asReadonly();

  constructor() {
    fromEvent<StorageEvent>(window, 'storage')
      .pipe(takeUntilDestroyed(inject(DestroyRef)))
      .subscribe(({ key }) => {
        if (key === SESSION_KEY || key === null) this.#followOtherTab();
      });
  }

  /** Starts with the stored session, else the demo account of a development server, else signed out. */
  async start(): Promise<void> {
    const stored = readStoredSession();
    if (stored !== null && !hasExpired(stored, Date.now())) this.#enter(stored);
    // The demo renews itself; it does not replace a person.
    else if (stored !== null && !stored.isDemo) this.#leave(endInWords('expired'));
    else if (hasSignedOut()) this.#leave(null);
    else await this.#startDemo();
  }

  /** Retries to reach the server now. */
  retry(): void {
    clearTimeout(this.#retry);
    void this.start();
  }

  /** @throws Refused */
  signIn(username: string, password: string): Promise<void> {
    return this.#login(username, password, false);
  }

  /**
   * Signs in with the demo account of a development server.
   * @returns whether it has one
   * @throws Refused
   */
  async signInToDemo(): Promise<boolean> {
    const { demo } = await this.#api.info();
    if (demo !== undefined) await this.#login(demo.username, demo.password, true);
    return demo !== undefined;
  }

  signOut(): void {
    // Asked first, with the token. A failure is ignored: the person is signed out here anyway.
    if (this.#signedIn() !== null) void this.#api.signOut().catch(() => undefined);
    forgetSession();
    rememberSignOut();
    this.#leave(null);
  }

  /** Replaces the token with a new one for the same person. @throws HeraldError */
  async renew(): Promise<void> {
    const current = this.#signedIn();
    if (current === null) return;
    const { access_token: token, expires_in: seconds } = await this.#api.refresh();
    // The person signed out meanwhile, or another tab renewed the token.
    if (this.#signedIn() !== current) return;
    const renewed: SignedIn = { ...current, token, expiresAt: Date.now() + seconds * 1000 };
    storeSession(renewed);
    this.#enter(renewed);
  }

  /**
   * Ends the session after the server has refused its token.
   * @param isForgotten whether a restart has revoked all tokens; the demo then signs in again and stays on its page
   */
  expire(isForgotten = false): void {
    const session = this.#signedIn();
    if (session === null || session === this.#returning) return;
    const stored = readStoredSession();
    if (stored !== null && stored.token !== session.token && !hasExpired(stored, Date.now())) {
      // Another tab has a newer session, and this one slept when it was stored: ending it would sign out both.
      this.#enter(stored);
      return;
    }
    if (hasSignedOut()) {
      // Another tab signed out, and the server's refusal arrived first.
      this.#leave(null);
      return;
    }
    if (isForgotten && session.isDemo && performance.now() - this.#returnedAt > RETURN_PAUSE_MS) {
      void this.#returnAsDemo(session);
      return;
    }
    // A person's session stays stored as expired, so that a reload asks them, not the demo, to sign in.
    if (session.isDemo) forgetSession();
    else storeSession({ ...session, expiresAt: 0 });
    this.#end(isForgotten ? 'forgotten' : hasExpired(session, Date.now() + CLOCK_TOLERANCE_MS) ? 'expired' : 'revoked');
  }

  /** Signs the demo in again. The page stays, and the connection continues with the new token. */
  async #returnAsDemo(forgotten: SignedIn): Promise<void> {
    this.#returnedAt = performance.now();
    this.#returning = forgotten;
    try {
      const { demo } = await this.#api.info();
      // The person signed out meanwhile, or another tab signed in again.
      if (this.#signedIn() !== forgotten) return;
      if (demo !== undefined) await this.#login(demo.username, demo.password, true);
    } catch {
      // The sign-in page shows the problem and lets the person retry.
    } finally {
      this.#returning = null;
      if (this.#signedIn() === forgotten) this.expire(true);
    }
  }

  async #startDemo(): Promise<void> {
    try {
      if (!(await this.signInToDemo())) this.#leave(null);
    } catch (error) {
      // The server refused the demo account, so a retry would not help.
      if (error instanceof Refused && !error.isTemporary) this.#leave(null);
      else this.#retryLater();
    }
  }

  async #login(username: string, password: string, isDemo: boolean): Promise<void> {
    const { access_token: token, expires_in: seconds } = await this.#api
      .signIn(username, password)
      .catch(async (error: unknown) => Promise.reject(await signInRefusal(error)));
    const session: SignedIn = { username, token, expiresAt: Date.now() + seconds * 1000, isDemo };
    storeSession(session);
    this.#enter(session);
  }

  #enter(session: SignedIn): void {
    this.#awaitExpiry(session);
    this.#endedBecause.set(null);
    this.#signedIn.set(session);
    this.#state.set('signed-in');
  }

  #awaitExpiry(session: SignedIn): void {
    clearTimeout(this.#expiry);
    const leftMs = Math.min(session.expiresAt - Date.now(), LONGEST_TIMER_MS);
    this.#expiry = setTimeout(() => {
      if (hasExpired(session, Date.now())) this.expire();
      else this.#awaitExpiry(session);
    }, leftMs);
  }

  #end(end: SessionEnd): void {
    this.#leave(endInWords(end), end === 'revoked');
  }

  #leave(because: string | null, isRevoked = false): void {
    clearTimeout(this.#expiry);
    this.#isRevoked.set(isRevoked);
    this.#endedBecause.set(because);
    this.#signedIn.set(null);
    this.#state.set('signed-out');
  }

  #retryLater(): void {
    this.#state.set('unreachable');
    this.#retry = setTimeout(() => void this.start(), RETRY_MS);
  }

  /** Follows a sign-in or sign-out in another tab. */
  #followOtherTab(): void {
    const stored = readStoredSession();
    if (stored === null) this.#leave(null);
    // The other tab has updated the storage.
    else if (hasExpired(stored, Date.now())) this.#leave(endInWords('expired'));
    else this.#enter(stored);
  }
}
