import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, filter, merge, type Observable, Subject, switchMap, throttleTime } from 'rxjs';
import type { InboxChanged, InboxFilter, InboxPage, StateChange } from '../../../../../protocol/inbox';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import type { ScheduledNotification } from '../../../../../protocol/scheduled';
import { Connection } from '../../connection/connection';
import type { ConnectionEvent } from '../../../../sdk/connection/progress';
import { readStoredNewestId } from '../../connection/browser-positions';
import { Session } from '../../session/session';
import { type Arrival, Arrivals } from './arrivals';
import { bursts } from '../../../../sdk/inbox/bursts.js';
import { countsOf } from '../../../../sdk/inbox/counts-of.js';
import { EMPTY_INBOX, type Inbox } from '../../../../sdk/inbox/inbox.js';
import { type Done, InboxChanges } from './inbox-changes';
import { InboxDatabase } from './inbox-database';
import type { InboxItem } from '../../../../sdk/inbox/inbox-item.js';
import { itemsOf } from '../../../../sdk/inbox/items-of.js';
import { isPlain, keptOf } from '../../../../sdk/inbox/kept-inbox.js';
import { changesMuted, isLacking } from '../../../../sdk/inbox/lacks.js';
import { matches } from '../../../../sdk/inbox/matches.js';
import { newestPage, READ_AGAIN_MS } from '../../../../sdk/inbox/newest-page.js';
import { NotificationsApi } from './notifications-api';
import { countsWithPending, withPending } from '../../../../sdk/inbox/pending.js';
import { isRefused } from '../../refusal/refusal';
import { trimmed } from '../../../../sdk/inbox/updaters/trimmed.js';
import { withChange } from '../../../../sdk/inbox/updaters/with-change.js';
import { isEntry, withEntries } from '../../../../sdk/inbox/updaters/with-entries.js';
import { withKept } from '../../../../sdk/inbox/updaters/with-kept.js';
import { withOlder } from '../../../../sdk/inbox/updaters/with-older.js';
import { withOne } from '../../../../sdk/inbox/updaters/with-one.js';
import { withPage } from '../../../../sdk/inbox/updaters/with-page.js';

/** These, or all that match the filter up to an id, loaded or not. */
export type Target = readonly string[] | { upTo: string };

/** The inbox of the person who is signed in, live: what the server says, and what it is being asked to change. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  readonly #api = inject(NotificationsApi);
  readonly #connection = inject(Connection);
  readonly #session = inject(Session);
  readonly #changes = inject(InboxChanges);
  readonly #database = inject(InboxDatabase);
  readonly #inbox = signal<Inbox>(EMPTY_INBOX);
  /** Whose it is: for a moment after another one has signed in, it is still that of the one before. */
  readonly #owner = signal<string | null>(null);
  readonly #keptAt = signal<number | null>(null);
  readonly #isPartial = signal(false);
  readonly #filter = signal<InboxFilter>({ view: 'inbox' });
  readonly #loading = signal<'loading' | 'ready' | 'failed'>('loading');
  readonly #isLoadingOlder = signal(false);
  readonly #newestPageWanted = new Subject<void>();
  readonly #lacking = new Subject<void>();
  readonly #begun = new Subject<void>();
  readonly #arrivals = new Arrivals();
  /** Null while nobody is signed in. */
  readonly username = computed(() => this.#session.signedIn()?.username ?? null);
  readonly #stored = computed<readonly InboxItem[]>(() => itemsOf(this.#inbox()));
  #isReading = false;
  #isCaughtUp = false;
  /** Something may be lacking that the connection won't bring. */
  #isStale = false;

  /** What is shown; `show` changes it. */
  readonly filter = this.#filter.asReadonly();
  /** All that was loaded, whatever the filter, newest first. */
  readonly loaded = computed(() => withPending(this.#stored(), this.#changes.pending()));
  /** What matches the filter, newest first, as far as it was loaded. */
  readonly items = computed<readonly InboxItem[]>(() => {
    const [filter, oldest, late] = [this.#filter(), this.#inbox().nextCursor ?? '', this.#arrivals.lateIds()];
    const shown = this.loaded().filter((item) => item.id >= oldest && matches(item, filter));
    return late.size === 0 ? shown : shown.map((item) => (late.has(item.id) ? { ...item, isLate: true } : item));
  });
  /** The server's counts, of all that the person has, whatever the filter. */
  readonly counts = computed(() => countsWithPending(countsOf(this.#inbox()), this.#stored(), this.#changes.pending()));
  readonly unreadCount = computed(() => this.counts().unread);
  /** Of the newest page. */
  readonly loading = this.#loading.asReadonly();
  /** When what is shown was true, in milliseconds since 1970, while it is what this browser has kept; else null. */
  readonly keptAt = this.#keptAt.asReadonly();
  /** What is shown is what happens to be known here: the server could not be asked for the rest. */
  readonly isPartial = this.#isPartial.asReadonly();
  /** Makes what a browser may keep of it; undefined while it is not wholly known. */
  readonly keepable = computed(() => {
    const [inbox, items, owner] = [this.#inbox(), this.#stored(), this.#owner()];
    const isWhole = this.#loading() === 'ready' && !this.#isPartial() && isPlain(this.#filter());
    return isWhole && owner !== null && owner === this.username()
      ? (at: number) => keptOf(inbox, items, owner, at)
      : undefined;
  });
  readonly hasOlder = computed(() => this.#inbox().nextCursor !== null);
  readonly isLoadingOlder = this.#isLoadingOlder.asReadonly();
  /** Why the last change did not happen, in a sentence; null when it did. */
  readonly problem = this.#changes.problem;
  /** Entries still to come after a reconnect; null when caught up. */
  readonly catchingUp = this.#connection.catchingUp;
  readonly connection = this.#connection.status;
  /** What arrived since the page was opened, in batches. */
  readonly arrivals: Observable<Arrival> = this.#arrivals.all;

  constructor() {
    merge(
      this.#newestPageWanted,
      this.#lacking.pipe(throttleTime(READ_AGAIN_MS, undefined, { leading: true, trailing: true })),
    )
      .pipe(
        switchMap(() => this.#readNewestPage()),
        takeUntilDestroyed(),
      )
      .subscribe((page) => this.#show(page));
    effect(() => {
      const username = this.username();
      untracked(() => this.#begin(username));
    });
    const events = this.#connection.events.pipe(takeUntilDestroyed());
    const received = events.pipe(filter((event) => isEntry(event) || event.kind === 'caught-up'));
    // What is still being collected for one person must not reach the next.
    this.#begun
      .pipe(
        switchMap(() => received.pipe(bursts())),
        takeUntilDestroyed(),
      )
      .subscribe((burst) => this.#take(burst));
    events.subscribe((event) => {
      if (event.kind === 'welcome') this.#isCaughtUp = false;
      if (event.kind === 'welcome') this.#arrivals.lateUntil(event.newest);
      if (event.kind === 'gap' && this.#isCaughtUp) this.#arrivals.lateUntil(null);
      if (event.kind === 'gap' || (event.kind === 'welcome' && !event.resumed)) this.#isStale = true;
      if (event.kind === 'channels') this.#arrivals.otherChannels();
      if (event.kind === 'channels' || (event.kind === 'gap' && this.#isCaughtUp)) this.#load();
    });
  }

  /** Shows what matches this filter. */
  show(filter: InboxFilter): void {
    this.#filter.set(filter);
    this.reload();
  }

  /** Loads the newest page again, as after a failure. */
  reload(): void {
    this.#loading.set('loading');
    this.#load();
  }

  async loadOlder(): Promise<void> {
    const [owner, { asOf, nextCursor }] = [this.#owner(), this.#inbox()];
    if (nextCursor === null || this.#isLoadingOlder()) return;
    this.#isLoadingOlder.set(true);
    try {
      const page = await this.#api.page(this.#filter(), nextCursor);
      // What was read from the newest page on meanwhile has a cursor of its own, and another person has another inbox.
      if (owner === this.#owner())
        this.#inbox.update((inbox) => (inbox.asOf === asOf ? withOlder(inbox, page) : inbox));
    } catch {
      // It stays offered; the connection's status tells why it did not work.
    } finally {
      this.#isLoadingOlder.set(false);
    }
  }

  /** One as it is now, if it was loaded, whatever the filter. */
  known(id: string): InboxItem | undefined {
    return this.loaded().find((item) => item.id === id);
  }

  /**
   * One notification, from wherever it is; undefined when there is none of that id for this person.
   * @throws HttpErrorResponse when the server can't be reached
   */
  async openOne(id: string): Promise<InboxItem | undefined> {
    const known = this.known(id);
    if (known !== undefined) return known;
    const owner = this.#owner();
    try {
      const item = await this.#api.one(id);
      if (owner === this.#owner()) this.#inbox.update((inbox) => withOne(inbox, item));
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    return this.known(id);
  }

  /**
   * Reads, archives or snoozes: these, or all that match the filter. It is shown at once; `problem`
   * tells when it failed.
   * @returns null when nothing has changed
   */
  async change(target: Target, change: StateChange): Promise<Done | null> {
    const isAll = 'upTo' in target;
    const shown = isAll ? this.items().flatMap(({ id }) => (id <= target.upTo ? [id] : [])) : target;
    if (shown.length === 0) return null;
    const selection = isAll ? { filter: this.#filter(), upTo: target.upTo } : { ids: target };
    const done = await this.#changes.make(selection, shown, change, this.#taker(change));
    // At once: the interval of `#lacking` is for entries that nobody here waits for.
    if (isLacking(this.#inbox()) && this.#loading() === 'ready') this.#load();
    return done;
  }

  markRead(id: string): void {
    if (this.known(id)?.read !== true) void this.change([id], { read: true });
  }

  markAllRead(): Promise<Done | null> {
    this.#arrivals.seen();
    return this.change({ upTo: this.items()[0]?.id ?? '' }, { read: true });
  }

  /** @throws Refused */
  send(draft: NotificationDraft): Promise<Notification | ScheduledNotification> {
    return this.#api.send(draft);
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }

  #taker(change: StateChange): (changed: InboxChanged) => void {
    const username = this.username();
    return (changed) => {
      if (username === this.username()) this.#inbox.update((inbox) => withChange(inbox, changed, change));
    };
  }

  #begin(username: string | null): void {
    this.#arrivals.begin(username === null ? null : readStoredNewestId(username));
    this.#isCaughtUp = false;
    this.#isStale = false;
    this.#owner.set(username);
    this.#inbox.set(EMPTY_INBOX);
    this.#keptAt.set(null);
    this.#changes.forget();
    this.#loading.set('loading');
    this.#begun.next();
    this.#load();
  }

  #load(): void {
    this.#newestPageWanted.next();
  }

  #readNewestPage(): Observable<InboxPage> {
    this.#isStale = false;
    const username = this.username();
    this.#isReading = username !== null;
    if (username === null) return EMPTY;
    const liveAfter = readStoredNewestId(username) ?? '';
    return newestPage(
      () => this.#api.page(this.#filter(), null),
      (error) => this.#showMeanwhile(error),
      liveAfter,
    ).pipe(
      catchError(() => {
        this.#isReading = false;
        this.#loading.set('failed');
        return EMPTY;
      }),
    );
  }

  /** While the newest page can't be had: what is known here, and what was kept. @returns whether there is any */
  async #showMeanwhile(error: unknown): Promise<boolean> {
    const username = this.username();
    if (this.#loading() === 'ready' || isRefused(error) || username === null) return this.#loading() === 'ready';
    const kept = await this.#database.read(username);
    if (this.#loading() !== 'loading' || username !== this.#owner()) return this.#loading() === 'ready';
    const isFirst = this.#inbox().asOf === '';
    if (kept === null && isFirst) return false;
    if (kept !== null) this.#inbox.update((inbox) => withKept(inbox, kept));
    this.#keptAt.set(isFirst ? (kept?.at ?? null) : null);
    this.#isPartial.set(true);
    this.#loading.set('ready');
    return true;
  }

  #show(page: InboxPage): void {
    this.#arrivals.read(page.items, this.#stored());
    this.#inbox.update((inbox) => withPage(inbox, page));
    this.#keptAt.set(null);
    this.#isPartial.set(false);
    this.#isReading = false;
    this.#loading.set('ready');
    if (isLacking(this.#inbox())) this.#lacking.next();
    else this.#settle();
  }

  #take(burst: readonly ConnectionEvent[]): void {
    const entries = burst.filter(isEntry);
    const isOther = changesMuted(this.#inbox(), entries);
    this.#inbox.update((inbox) => trimmed(withEntries(inbox, entries)));
    this.#arrivals.take(this.#inbox(), entries);
    if (burst.some(({ kind }) => kind === 'caught-up')) this.#catchUp();
    if ((isOther || isLacking(this.#inbox())) && this.#loading() === 'ready') this.#lacking.next();
  }

  #catchUp(): void {
    this.#isCaughtUp = true;
    if (this.#isStale || this.#isPartial() || this.#loading() === 'failed') this.#load();
    else this.#settle();
  }

  /** Once nothing more is to come: says what came while the page was away, all at once. */
  #settle(): void {
    if (this.#isCaughtUp && !this.#isStale && !this.#isReading) this.#arrivals.settle(this.#inbox());
  }
}
