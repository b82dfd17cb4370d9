import { NgComponentOutlet } from '@angular/common';
import {
  Component,
  computed,
  DestroyRef,
  effect,
  ErrorHandler,
  inject,
  signal,
  type Type,
  untracked,
} from '@angular/core';
import { RouterOutlet } from '@angular/router';
import type { Alerts } from './alerts/alerts';
import { TabLeader } from './alerts/tab-leader';
import { Connection } from './connection/connection';
import { IdleLoader } from './idle-loader';
import { Answers } from './inbox/answers';
import { InboxKeeper } from './inbox/inbox-keeper';
import { InboxStore } from './inbox/inbox-store';
import { Sending } from './inbox/sending';
import { MembershipStore } from './membership/membership-store';

import { PreferencesStore } from './preferences/preferences-store';
import { Shortcuts } from './preferences/shortcuts';
import { Person } from './session/person';
import { provideHeraldApi } from './session/provide-herald-api';
import { SessionNavigation } from './session/session-navigation';
import { ConnectionAnnouncements } from './shell/connection-announcements';
import { Header } from './shell/header';
import { Navigation } from './shell/navigation';
import { PageNotice } from './shell/page-notice';
import { PageVersion } from './shell/page-version';
import { UnreadTitle } from './shell/unread-title';
import { GracePeriod } from './undo/grace-period';
import { UndoBar } from './undo/undo-bar';

/** The page of one signed-in person, and the scope of everything that is theirs: it ends with this component. */
@Component({
  selector: 'app-signed-in',
  imports: [Header, Navigation, NgComponentOutlet, PageNotice, RouterOutlet],
  templateUrl: './signed-in.html',
  styleUrl: './frame.scss',
  providers: [
    Person,
    provideHeraldApi(),
    Connection,
    MembershipStore,
    PreferencesStore,
    Shortcuts,
    InboxStore,
    InboxKeeper,
    Answers,
    Sending,
    ConnectionAnnouncements,
    UndoBar,
    GracePeriod,
  ],
})
export class SignedIn {
  protected readonly navigation = inject(SessionNavigation);
  readonly #errors = inject(ErrorHandler);
  readonly #idle = inject(IdleLoader);
  /** False while the code of the page is loading. */
  protected readonly hasPage = signal(false);
  /** Null until loaded. Arrivals before that are kept. */
  protected readonly alerts = signal<Type<Alerts> | null>(null);

  constructor() {
    const store = inject(InboxStore);
    inject(ConnectionAnnouncements);
    inject(InboxKeeper);
    const leader = inject(TabLeader);
    const isLive = computed(() => store.connection().state === 'live');
    const [version, title] = [inject(PageVersion), inject(UnreadTitle)];
    effect(() => {
      if (isLive()) version.noteConnected();
    });
    effect(() => leader.setConnected(isLive()));
    inject(DestroyRef).onDestroy(() => leader.setConnected(false));
    effect(() => title.unread.set(store.unreadCount()));
    inject(DestroyRef).onDestroy(() => title.unread.set(0));
    effect(() => {
      // If the fetch fails, the next connection tries again.
      isLive();
      if (store.loading() !== 'loading' && untracked(this.alerts) === null) void this.#loadRest();
    });
  }

  /** Fetches the chunks that the first view does not need. */
  async #loadRest(): Promise<void> {
    try {
      this.alerts.set((await import('./alerts/alerts')).Alerts);
    } catch (error) {
      this.#errors.handleError(error);
    }
    await this.#idle.fetch(() => import('./shell/account-menu'));
    await this.#idle.fetch(() => import('./pages/inbox/snooze-menu'));
  }
}
