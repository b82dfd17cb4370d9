import { computed, effect, inject, Injectable, Injector } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, type NavigationExtras, Router } from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { safeReturnTo } from './return-to';
import { Session } from './session';

const SIGN_IN = '/sign-in';

/** Opens the sign-in page when the session ends, and returns to the same place after signing in. */
@Injectable({ providedIn: 'root' })
export class SessionNavigation {
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  readonly #injector = inject(Injector);

  readonly #arrived = toSignal(this.#router.events.pipe(filter((event) => event instanceof NavigationEnd)));
  /** Whether the page of the last navigation is the sign-in page. */
  readonly isAtSignIn = computed(() => this.#arrived()?.urlAfterRedirects.startsWith(SIGN_IN) ?? false);

  constructor() {
    effect(() => {
      // Runs after each navigation too, since a session can end during one that its guard has admitted.
      this.#arrived();
      const state = this.#session.state();
      const url = this.#router.parseUrl(this.#router.url);
      const isAtSignIn = this.isAtSignIn();
      if (state === 'signed-out' && !isAtSignIn && this.#router.navigated) {
        // Signing out drops the return address: the next person must not see the last search.
        const isWished = this.#session.endedBecause() === null;
        void this.#goToSignIn(isWished ? {} : { queryParams: { returnTo: this.#router.url } });
      } else if (state === 'signed-in' && isAtSignIn) {
        void this.#router.navigateByUrl(safeReturnTo(url.queryParamMap.get('returnTo')));
      }
    });
  }

  async #goToSignIn(extras: NavigationExtras): Promise<void> {
    if (isDialogOpen()) await this.#closeDialogs().catch(() => undefined);
    if (this.#session.state() === 'signed-out') await this.#router.navigate([SIGN_IN], extras);
  }

  /** A dialog belongs to the person who opened it, and would cover the sign-in page. */
  async #closeDialogs(): Promise<void> {
    const { MatDialog } = await import('@angular/material/dialog');
    const dialogs = this.#injector.get(MatDialog);
    dialogs.closeAll();
    await firstValueFrom(dialogs.afterAllClosed);
  }
}

/** Checks the DOM, since the dialog library loads only when a dialog opens. */
function isDialogOpen(): boolean {
  return document.querySelector('mat-dialog-container') !== null;
}
