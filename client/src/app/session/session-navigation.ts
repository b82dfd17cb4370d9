import { Dialogs } from '#app/dialog/dialogs';
import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, type NavigationExtras, Router } from '@angular/router';
import { filter } from 'rxjs';
import { safeReturnTo } from './return-to';
import { Session } from './session';
import { readStoredSession } from './stored-session';

const SIGN_IN = '/sign-in';

/**
 * Opens the sign-in page when the session ends, and returns to the same place after the same person has signed in again.
 * Another one begins at the inbox: address, search and dialogs belong to the person who left them.
 */
@Injectable({ providedIn: 'root' })
export class SessionNavigation {
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  readonly #dialogs = inject(Dialogs);

  readonly #arrived = toSignal(this.#router.events.pipe(filter((event) => event instanceof NavigationEnd)));
  /** Whether the page of the last navigation is the sign-in page. */
  readonly isAtSignIn = computed(() => this.#arrived()?.urlAfterRedirects.startsWith(SIGN_IN) ?? false);

  /** Last person of this page; the one of the stored session before anybody has signed in. */
  #last = readStoredSession()?.username ?? null;
  readonly #isHandingOver = signal(false);
  /** Whether the page is one for the signed-in person, and not left over from before. */
  readonly isTheirs = computed(() => !this.isAtSignIn() && !this.#isHandingOver());

  constructor() {
    effect(() => {
      // Runs after each navigation too, since a session can end during one that its guard has admitted.
      this.#arrived();
      const state = this.#session.state();
      const url = this.#router.parseUrl(this.#router.url);
      const isAtSignIn = this.isAtSignIn();
      const isAnother = this.#isAnother();
      if (state === 'signed-out' && !isAtSignIn && this.#router.navigated) {
        // Signing out drops the return address: the next person must not see the last search.
        const isWished = this.#session.endedBecause() === null;
        void this.#goToSignIn(isWished ? {} : { queryParams: { returnTo: this.#router.url } });
      } else if (state === 'signed-in' && isAtSignIn) {
        void this.#router.navigateByUrl(isAnother ? '/' : safeReturnTo(url.queryParamMap.get('returnTo')));
      } else if (isAnother) {
        void this.#handOver();
      }
    });
  }

  /** Whether the person who is signed in is not the last one. */
  #isAnother(): boolean {
    const username = this.#session.signedIn()?.username;
    if (username === undefined) return false;
    const isAnother = this.#last !== null && this.#last !== username;
    this.#last = username;
    return isAnother;
  }

  async #handOver(): Promise<void> {
    this.#isHandingOver.set(true);
    try {
      await this.#dialogs.closeAll();
      await this.#router.navigateByUrl('/', { replaceUrl: true });
    } finally {
      this.#isHandingOver.set(false);
    }
  }

  async #goToSignIn(extras: NavigationExtras): Promise<void> {
    // A dialog belongs to the person who opened it, and would cover the sign-in page.
    await this.#dialogs.closeAll();
    if (this.#session.state() === 'signed-out') await this.#router.navigate([SIGN_IN], extras);
  }
}
