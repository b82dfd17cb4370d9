import { ApplicationRef, computed, effect, EnvironmentInjector, ErrorHandler, inject, Injectable } from '@angular/core';
import { inboxPage } from './app.routes';
import { Voice } from './attention/voice';
import { InboxStore } from './inbox/store/inbox-store';
import { Session } from './session/session';

/**
 * Fetches what the first sight of the page does without, once that is there. Nobody waits for it: what arrives before is
 * kept, and a menu or a page that is wanted before is fetched by itself.
 */
@Injectable({ providedIn: 'root' })
export class Later {
  readonly #app = inject(ApplicationRef);
  readonly #page = inject(EnvironmentInjector);
  readonly #errors = inject(ErrorHandler);
  #isAnnouncing = false;

  constructor() {
    const session = inject(Session);
    const store = inject(InboxStore);
    const isThere = computed(() => session.state() === 'signed-in' && store.loading() !== 'loading');
    const isLive = computed(() => store.connection().state === 'live');
    // Which tab speaks takes a while to find out: it begins early.
    inject(Voice);
    effect(() => {
      // Where it could not be had, the next connection tries again.
      isLive();
      if (isThere() && !this.#isAnnouncing) void this.#announce();
    });
    effect(() => {
      if (session.state() === 'signed-out') void this.#fetch(inboxPage);
    });
  }

  async #announce(): Promise<void> {
    try {
      const { startAnnouncing } = await import('./announcing');
      if (this.#isAnnouncing) return;
      this.#isAnnouncing = true;
      startAnnouncing(this.#page);
    } catch (error) {
      this.#errors.handleError(error);
    }
    await this.#fetch(() => import('./shell/account-menu'));
    await this.#fetch(() => import('./inbox/snooze-menu'));
  }

  /** So that who clicks is not kept waiting, nor told that the server is away. Should it fail, the click asks again. */
  async #fetch(part: () => Promise<unknown>): Promise<void> {
    await this.#app.whenStable();
    await part().catch(() => undefined);
  }
}
