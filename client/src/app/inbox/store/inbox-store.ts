import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, map, type Observable, share, Subject } from 'rxjs';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import { Connection } from '../../connection/connection';
import type { ConnectionEvent } from '../../connection/progress';
import { Session } from '../../session/session';
import { bursts } from './bursts';
import type { InboxItem } from './inbox-item';
import { NotificationsApi } from './notifications-api';
import { isRead, markedAllRead, markedRead, type ReadMarks, readMarks, storeReadMarks } from './read-marks';
import { newerThan } from './updaters/newer-than';
import { withNotifications } from './updaters/with-notifications';

type NotificationEvent = Extract<ConnectionEvent, { kind: 'notification' }>;

/** The inbox of the person who is signed in, live. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  readonly #api = inject(NotificationsApi);
  readonly #connection = inject(Connection);
  readonly #session = inject(Session);
  readonly #list = signal<readonly Notification[]>([]);
  readonly #marks = signal<ReadMarks>(readMarks(''));
  readonly #loading = signal<'loading' | 'ready' | 'failed'>('loading');
  readonly #nextCursor = signal<string | null>(null);
  readonly #isLoadingOlder = signal(false);
  /** For each load of the first page that is under way: what was received meanwhile. */
  readonly #receivedDuring = new Set<Notification[]>();
  readonly #arrivals = new Subject<readonly Notification[]>();
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);

  /** Newest first, as far as they were loaded. */
  readonly items = computed<readonly InboxItem[]>(() => this.#list().map((one) => this.#toItem(one)));
  readonly unreadCount = computed(() => this.items().filter((item) => !item.isRead).length);
  /** Of the first page. */
  readonly loading = this.#loading.asReadonly();
  readonly hasOlder = computed(() => this.#nextCursor() !== null);
  readonly isLoadingOlder = this.#isLoadingOlder.asReadonly();
  /** Notifications still to come after a reconnect; null when caught up. */
  readonly catchingUp = this.#connection.catchingUp;
  readonly connection = this.#connection.status;
  /** What arrived since the page was opened, in batches, newest last. Not the first page. */
  readonly arrivals: Observable<readonly InboxItem[]> = this.#arrivals.pipe(
    map((batch) => batch.map((one) => this.#toItem(one))),
    share(),
  );

  constructor() {
    effect(() => {
      const username = this.#username();
      untracked(() => this.#begin(username));
    });
    const events = this.#connection.events.pipe(takeUntilDestroyed(), share());
    events
      .pipe(
        filter((event): event is NotificationEvent => event.kind === 'notification'),
        bursts(),
      )
      .subscribe((burst) => this.#add(burst.map(({ data }) => data)));
    events.subscribe((event) => this.#heed(event));
  }

  /** Loads the first page again after a failure. */
  reload(): void {
    this.#loading.set('loading');
    void this.#load(false);
  }

  async loadOlder(): Promise<void> {
    const before = this.#nextCursor();
    if (before === null || this.#isLoadingOlder()) return;
    this.#isLoadingOlder.set(true);
    try {
      const { items, nextCursor } = await this.#api.page(before);
      this.#list.update((list) => withNotifications(list, items, true));
      this.#nextCursor.set(nextCursor);
    } catch {
      // It stays offered; the connection's status tells why it did not work.
    } finally {
      this.#isLoadingOlder.set(false);
    }
  }

  markRead(id: string): void {
    this.#mark(markedRead(this.#marks(), id));
  }

  markAllRead(): void {
    this.#mark(markedAllRead(this.#marks(), this.#list()[0]?.id ?? ''));
  }

  /** @throws SendRefused */
  send(draft: NotificationDraft): Promise<Notification> {
    return this.#api.send(draft);
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }

  #begin(username: string | null): void {
    this.#list.set([]);
    this.#nextCursor.set(null);
    this.#loading.set('loading');
    this.#marks.set(readMarks(username ?? ''));
    if (username !== null) void this.#load(false);
  }

  #heed(event: ConnectionEvent): void {
    const mustRead = event.kind === 'gap' || (event.kind === 'welcome' && !event.resumed);
    if (mustRead && this.#loading() === 'ready') void this.#load(true);
    // What may be read now has always been there: nothing has just arrived.
    else if (event.kind === 'channels') void this.#load(false);
    else if (event.kind === 'welcome' && this.#loading() === 'failed') void this.#load(false);
  }

  /** @param isAgain what the page did not know arrived while it was away */
  async #load(isAgain: boolean): Promise<void> {
    const username = this.#username();
    const received: Notification[] = [];
    this.#receivedDuring.add(received);
    try {
      const { items, nextCursor } = await this.#api.page(null);
      if (username !== this.#username()) return;
      if (isAgain) this.#announce(newerThan(this.#list(), items));
      // The server's page is the truth: what it no longer holds goes. What came since it was asked stays.
      this.#list.set(withNotifications(items, received));
      this.#nextCursor.set(nextCursor);
      this.#loading.set('ready');
    } catch {
      if (this.#loading() === 'loading') this.#loading.set('failed');
    } finally {
      this.#receivedDuring.delete(received);
    }
  }

  #add(notifications: readonly Notification[]): void {
    for (const received of this.#receivedDuring) received.push(...notifications);
    this.#list.update((list) => withNotifications(list, notifications));
    this.#announce(notifications);
  }

  #announce(notifications: readonly Notification[]): void {
    if (notifications.length > 0) this.#arrivals.next(notifications);
  }

  #mark(marks: ReadMarks): void {
    this.#marks.set(marks);
    const username = this.#username();
    if (username !== null) storeReadMarks(username, marks);
  }

  #toItem(notification: Notification): InboxItem {
    return { ...notification, isRead: isRead(this.#marks(), notification.id) };
  }
}
