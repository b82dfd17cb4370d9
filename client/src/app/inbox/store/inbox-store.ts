import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, defer, EMPTY, filter, type Observable, retry, share, Subject, switchMap, throwError, timer } from 'rxjs';
import type { InboxPage } from '../../../../../protocol/inbox';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import { Connection } from '../../connection/connection';
import { newestId } from '../../connection/positions';
import type { ConnectionEvent } from '../../connection/progress';
import { readStoredPositions } from '../../connection/stored-positions';
import { Session } from '../../session/session';
import { Absence } from './absence';
import { bursts } from './bursts';
import { FirstArrivals } from './first-arrivals';
import type { InboxItem } from './inbox-item';
import { NotificationsApi } from './notifications-api';
import { isRead, markedAllRead, markedRead, type ReadMarks, readMarks, storeReadMarks } from './read-marks';
import { withNotifications } from './updaters/with-notifications';

const READ_AGAIN_MS = 5000;

/** Something arrived: live, or because it had come while the page was away. Oldest first. */
export interface Arrival {
  items: readonly InboxItem[];
  isLate: boolean;
}

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
  readonly #lateIds = signal<ReadonlySet<string>>(new Set());
  readonly #newestPageWanted = new Subject<void>();
  readonly #begun = new Subject<void>();
  readonly #arrivals = new Subject<Arrival>();
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);
  #absence = new Absence(null);
  /** What came since the newest page was asked for; null while it is not being asked for. */
  #receivedMeanwhile: Notification[] | null = null;
  #isCaughtUp = false;
  /** The list may lack something that the connection won't bring. */
  #isStale = false;
  #firstArrivals = new FirstArrivals();

  /** Newest first, as far as they were loaded. */
  readonly items = computed<readonly InboxItem[]>(() => this.#list().map((one) => this.#toItem(one)));
  readonly unreadCount = computed(() => this.items().filter((item) => !item.isRead).length);
  /** Older ones, not loaded yet, may be unread as well. */
  readonly hasMoreUnread = computed(() => {
    const oldest = this.#list().at(-1);
    return this.hasOlder() && oldest !== undefined && oldest.id > this.#marks().upTo;
  });
  /** Of the newest page. */
  readonly loading = this.#loading.asReadonly();
  readonly hasOlder = computed(() => this.#nextCursor() !== null);
  readonly isLoadingOlder = this.#isLoadingOlder.asReadonly();
  /** Notifications still to come after a reconnect; null when caught up. */
  readonly catchingUp = this.#connection.catchingUp;
  readonly connection = this.#connection.status;
  /** What arrived since the page was opened, in batches. */
  readonly arrivals: Observable<Arrival> = this.#arrivals.asObservable();

  constructor() {
    this.#newestPageWanted
      .pipe(
        switchMap(() => this.#readNewestPage()),
        takeUntilDestroyed(),
      )
      .subscribe((page) => this.#show(page));
    effect(() => {
      const username = this.#username();
      untracked(() => this.#begin(username));
    });
    const events = this.#connection.events.pipe(takeUntilDestroyed(), share());
    const received = events.pipe(filter(({ kind }) => kind === 'notification' || kind === 'caught-up'));
    // What is still being collected for one person must not reach the next.
    this.#begun
      .pipe(
        switchMap(() => received.pipe(bursts())),
        takeUntilDestroyed(),
      )
      .subscribe((burst) => this.#take(burst));
    events.subscribe((event) => {
      if (event.kind === 'welcome') this.#isCaughtUp = false;
      if (event.kind === 'gap' || (event.kind === 'welcome' && !event.resumed)) this.#isStale = true;
      if (event.kind === 'gap' && this.#isCaughtUp) this.#load();
      if (event.kind === 'channels') this.#loadOtherChannels();
    });
  }

  /** Loads the newest page again after a failure. */
  reload(): void {
    this.#loading.set('loading');
    this.#load();
  }

  async loadOlder(): Promise<void> {
    if (this.#isLoadingOlder()) return;
    this.#isLoadingOlder.set(true);
    const before = this.#list().length;
    try {
      // What was caught up with may reach further back than the pages read so far: go on until something is new.
      for (let cursor = this.#nextCursor(); cursor !== null && this.#list().length === before; cursor = this.#nextCursor()) {
        const { items, nextCursor } = await this.#api.page(cursor);
        this.#list.update((list) => withNotifications(list, items, true));
        this.#nextCursor.set(nextCursor);
      }
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
    this.#lateIds.set(new Set());
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
    const positions = username === null ? null : readStoredPositions(username);
    this.#absence = new Absence(positions === null ? null : newestId(positions));
    this.#firstArrivals = new FirstArrivals();
    this.#isCaughtUp = false;
    this.#isStale = false;
    this.#list.set([]);
    this.#lateIds.set(new Set());
    this.#nextCursor.set(null);
    this.#loading.set('loading');
    this.#marks.set(readMarks(username ?? ''));
    this.#begun.next();
    this.#load();
  }

  #load(): void {
    this.#newestPageWanted.next();
  }

  #loadOtherChannels(): void {
    // What may be read now has always been there: nothing came meanwhile.
    this.#absence = new Absence(null);
    this.#load();
  }

  #readNewestPage(): Observable<InboxPage> {
    this.#isStale = false;
    this.#receivedMeanwhile = null;
    if (this.#username() === null) return EMPTY;
    this.#receivedMeanwhile = [];
    return defer(() => this.#api.page(null)).pipe(
      // While a list is shown, it is kept and brought up to date as soon as that works.
      retry({ delay: (error: unknown) => (this.#loading() === 'ready' ? timer(READ_AGAIN_MS) : throwError(() => error)) }),
      catchError(() => {
        this.#receivedMeanwhile = null;
        this.#loading.set('failed');
        return EMPTY;
      }),
    );
  }

  #show({ items, nextCursor }: InboxPage): void {
    this.#absence.read(items, this.#list());
    // The server's page is the truth: what it no longer holds goes. What came since it was asked stays.
    this.#list.set(withNotifications(items, this.#receivedMeanwhile ?? []));
    this.#receivedMeanwhile = null;
    this.#nextCursor.set(nextCursor);
    this.#loading.set('ready');
    this.#settle();
  }

  #take(burst: readonly ConnectionEvent[]): void {
    const received = burst.filter((event) => event.kind === 'notification').filter(({ data }) => this.#firstArrivals.take(data.id));
    const notifications = received.map(({ data }) => data);
    this.#receivedMeanwhile?.push(...notifications);
    this.#list.update((list) => withNotifications(list, notifications));
    this.#absence.add(received.filter(({ isLate }) => isLate).map(({ data }) => data));
    this.#announce(received.filter(({ isLate }) => !isLate).map(({ data }) => data), false);
    if (burst.some(({ kind }) => kind === 'caught-up')) this.#catchUp();
  }

  #catchUp(): void {
    this.#isCaughtUp = true;
    if (this.#isStale || this.#loading() === 'failed') this.#load();
    else this.#settle();
  }

  /** Once nothing more is to come: says what came while the page was away, all at once. */
  #settle(): void {
    if (!this.#isCaughtUp || this.#isStale || this.#receivedMeanwhile !== null) return;
    const late = this.#absence.take();
    if (late.length > 0) this.#lateIds.set(new Set(late.map(({ id }) => id)));
    this.#announce(late, true);
  }

  #announce(notifications: readonly Notification[], isLate: boolean): void {
    if (notifications.length > 0) this.#arrivals.next({ items: notifications.map((one) => this.#toItem(one)), isLate });
  }

  #mark(marks: ReadMarks): void {
    this.#marks.set(marks);
    const username = this.#username();
    if (username !== null) storeReadMarks(username, marks);
  }

  #toItem(notification: Notification): InboxItem {
    const { id } = notification;
    return { ...notification, isRead: isRead(this.#marks(), id), isLate: this.#lateIds().has(id) };
  }
}
