import { ApplicationRef, computed, effect, EnvironmentInjector, ErrorHandler, inject, Injectable } from '@angular/core';
import { TabLeader } from './alerts/tab-leader';
import { inboxPage } from './app.routes';
import { InboxStore } from './inbox/inbox-store';
import { Session } from './session/session';

/**
 * Fetches the chunks that the first view does not need, once that view is rendered. Arrivals before that are kept, and
 * a menu or page that the person opens earlier is fetched on its own.
 */
@Injectable({ providedIn: 'root' })
export class IdleLoader {
  readonly #app = inject(ApplicationRef);
  readonly #page = inject(EnvironmentInjector);
  readonly #errors = inject(ErrorHandler);
  #isAnnouncing = false;

  constructor() {
    const session = inject(Session);
    const store = inject(InboxStore);
    const isThere = computed(() => session.state() === 'signed-in' && store.loading() !== 'loading');
    const isLive = computed(() => store.connection().state === 'live');
    // The election of the leader tab takes a while, so it starts early.
    inject(TabLeader);
    effect(() => {
      // If the fetch fails, the next connection tries again.
      isLive();
      if (isThere() && !this.#isAnnouncing) void this.#announce();
    });
    effect(() => {
      if (session.state() === 'signed-out') void this.#fetch(inboxPage);
    });
  }

  async #announce(): Promise<void> {
    try {
      const { startAnnouncing } = await import('./alerts/announcing');
      if (this.#isAnnouncing) return;
      this.#isAnnouncing = true;
      startAnnouncing(this.#page);
    } catch (error) {
      this.#errors.handleError(error);
    }
    await this.#fetch(() => import('./shell/account-menu'));
    await this.#fetch(() => import('./pages/inbox/snooze-menu'));
  }

  /** Saves the wait, and an error without the server, on the first click. If it fails, the click fetches again. */
  async #fetch(part: () => Promise<unknown>): Promise<void> {
    await this.#app.whenStable();
    await part().catch(() => undefined);
  }
}
