import { effect, inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';
import { safeReturnTo } from './return-to';
import { Session } from './session';

const SIGN_IN = '/sign-in';

/** Takes people to the sign-in page when their session ends, and back to where they were once they have signed in. */
@Injectable({ providedIn: 'root' })
export class SessionNavigation {
  readonly #router = inject(Router);
  readonly #session = inject(Session);

  constructor() {
    effect(() => {
      const state = this.#session.state();
      const url = this.#router.parseUrl(this.#router.url);
      const isAtSignIn = this.#router.url.startsWith(SIGN_IN);
      if (state === 'signed-out' && !isAtSignIn && this.#router.navigated) {
        void this.#router.navigate([SIGN_IN], { queryParams: { returnTo: this.#router.url } });
      } else if (state === 'signed-in' && isAtSignIn) {
        void this.#router.navigateByUrl(safeReturnTo(url.queryParamMap.get('returnTo')));
      }
    });
  }
}
