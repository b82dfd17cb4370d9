import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, defer, EMPTY, filter, type Observable, retry, Subject, switchMap, throwError, timer } from 'rxjs';
import type { InboxChanged, InboxFilter, InboxPage, StateChange } from '../../../../../protocol/inbox';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import type { ScheduledNotification } from '../../../../../protocol/scheduled';
import { Connection } from '../../connection/connection';
import { newestId } from '../../connection/positions';
import type { ConnectionEvent } from '../../connection/progress';
import { readStoredPositions } from '../../connection/stored-positions';
import { Session } from '../../session/session';
import { Absence } from './absence';
import { bursts } from './bursts';
import { countsOf } from './counts-of';
import { FirstArrivals } from './first-arrivals';
import { EMPTY_INBOX, type Inbox } from './inbox';
import { InboxChanges } from './inbox-changes';
import type { InboxItem } from './inbox-item';
import { itemOf, itemsOf, knownAs } from './items-of';
import { changesMuted, isLacking } from './lacks';
import { matches } from './matches';
import { NotificationsApi } from './notifications-api';
import { countsWithPending, withPending } from './pending';
import { isRefused } from './refusal';
import { trimmed } from './updaters/trimmed';
import { withChange } from './updaters/with-change';
import { type Entry, withEntries } from './updaters/with-entries';
import { withOlder } from './updaters/with-older';
import { withOne } from './updaters/with-one';
import { withPage } from './updaters/with-page';

const READ_AGAIN_MS = 5000;
const INBOX: InboxFilter = { view: 'inbox' };

/** Something arrived: live, or because it had come while the page was away. Oldest first. */
export interface Arrival {
  items: readonly InboxItem[];
  isLate: boolean;
}

/** The inbox of the person who is signed in, live: what the server says, and what it is being asked to change. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  readonly #api = inject(NotificationsApi);
  readonly #connection = inject(Connection);
  readonly #session = inject(Session);
  readonly #changes = inject(InboxChanges);
  readonly #inbox = signal<Inbox>(EMPTY_INBOX);
  readonly #filter = signal<InboxFilter>(INBOX);
  readonly #loading = signal<'loading' | 'ready' | 'failed'>('loading');
  readonly #isLoadingOlder = signal(false);
  readonly #lateIds = signal<ReadonlySet<string>>(new Set());
  readonly #newestPageWanted = new Subject<void>();
  readonly #begun = new Subject<void>();
  readonly #arrivals = new Subject<Arrival>();
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);
  readonly #stored = computed<readonly InboxItem[]>(() => itemsOf(this.#inbox()));
  readonly #known = computed(() => withPending(this.#stored(), this.#changes.pending()));
  #absence = new Absence(null);
  #isReading = false;
  #isCaughtUp = false;
  /** Something may be lacking that the connection won't bring. */
  #isStale = false;
  #firstArrivals = new FirstArrivals();

  /** What is shown; `show` changes it. */
  readonly filter = this.#filter.asReadonly();
  /** What matches the filter, newest first, as far as it was loaded. */
  readonly items = computed<readonly InboxItem[]>(() => {
    const [filter, oldest, late] = [this.#filter(), this.#inbox().nextCursor ?? '', this.#lateIds()];
    const shown = this.#known().filter((item) => item.id >= oldest && matches(item, filter));
    return late.size === 0 ? shown : shown.map((item) => (late.has(item.id) ? { ...item, isLate: true } : item));
  });
  /** The server's counts, of all that the person has, whatever the filter. */
  readonly counts = computed(() => countsWithPending(countsOf(this.#inbox()), this.#stored(), this.#changes.pending()));
  readonly unreadCount = computed(() => this.counts().unread);
  /** Of the newest page. */
  readonly loading = this.#loading.asReadonly();
  readonly hasOlder = computed(() => this.#inbox().nextCursor !== null);
  readonly isLoadingOlder = this.#isLoadingOlder.asReadonly();
  /** The last change, which `undo` takes back; null when there is none. */
  readonly undoable = this.#changes.undoable;
  /** Why the last change did not happen, in a sentence; null when it did. */
  readonly problem = this.#changes.problem;
  /** Entries still to come after a reconnect; null when caught up. */
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
      if (event.kind === 'welcome') this.#absence.endsAt(event.newest);
      if (event.kind === 'gap' && this.#isCaughtUp) this.#absence.endsAt(null);
      if (event.kind === 'gap' || (event.kind === 'welcome' && !event.resumed)) this.#isStale = true;
      if (event.kind === 'gap' && this.#isCaughtUp) this.#load();
      if (event.kind === 'channels') this.#loadOtherChannels();
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
    const { asOf, nextCursor } = this.#inbox();
    if (nextCursor === null || this.#isLoadingOlder()) return;
    this.#isLoadingOlder.set(true);
    try {
      const page = await this.#api.page(this.#filter(), nextCursor);
      // What was read from the newest page on meanwhile has a cursor of its own.
      this.#inbox.update((inbox) => (inbox.asOf === asOf ? withOlder(inbox, page) : inbox));
    } catch {
      // It stays offered; the connection's status tells why it did not work.
    } finally {
      this.#isLoadingOlder.set(false);
    }
  }

  /** One as it is now, if it was loaded, whatever the filter. */
  known(id: string): InboxItem | undefined {
    return this.#known().find((item) => item.id === id);
  }

  /**
   * One notification, from wherever it is; undefined when there is none of that id for this person.
   * @throws HttpErrorResponse when the server can't be reached
   */
  async openOne(id: string): Promise<InboxItem | undefined> {
    const known = this.known(id);
    if (known !== undefined) return known;
    try {
      const item = await this.#api.one(id);
      this.#inbox.update((inbox) => withOne(inbox, item));
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    return this.known(id);
  }

  /**
   * Reads, archives or snoozes: these, or all that match the filter by now. It is shown at once; `undoable` and
   * `problem` tell how it went.
   */
  async change(target: readonly string[] | 'all', change: StateChange): Promise<void> {
    const shown = this.items().map(({ id }) => id);
    const [upTo] = shown;
    if (upTo === undefined && target === 'all') return;
    const selection = target === 'all' ? { filter: this.#filter(), upTo: upTo ?? '' } : { ids: target };
    await this.#changes.make(selection, target === 'all' ? shown : target, change, this.#taker(change));
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    await this.#changes.undo(this.#taker(this.undoable()?.reverse ?? {}));
  }

  markRead(id: string): void {
    if (this.known(id)?.read !== true) void this.change([id], { read: true });
  }

  async markAllRead(): Promise<void> {
    this.#lateIds.set(new Set());
    await this.change('all', { read: true });
  }

  /** @throws SendRefused */
  send(draft: NotificationDraft): Promise<Notification | ScheduledNotification> {
    return this.#api.send(draft);
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }

  #taker(change: StateChange): (changed: InboxChanged) => void {
    const username = this.#username();
    return (changed) => {
      if (username === this.#username()) this.#inbox.update((inbox) => withChange(inbox, changed, change));
    };
  }

  #begin(username: string | null): void {
    const positions = username === null ? null : readStoredPositions(username);
    this.#absence = new Absence(positions === null ? null : newestId(positions));
    this.#firstArrivals = new FirstArrivals();
    this.#isCaughtUp = false;
    this.#isStale = false;
    this.#inbox.set(EMPTY_INBOX);
    this.#changes.forget();
    this.#lateIds.set(new Set());
    this.#loading.set('loading');
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
    this.#isReading = this.#username() !== null;
    if (!this.#isReading) return EMPTY;
    return defer(() => this.#api.page(this.#filter(), null)).pipe(
      // While a list is shown, it is kept and brought up to date as soon as that works.
      retry({ delay: (error: unknown) => (this.#loading() === 'ready' ? timer(READ_AGAIN_MS) : throwError(() => error)) }),
      catchError(() => {
        this.#isReading = false;
        this.#loading.set('failed');
        return EMPTY;
      }),
    );
  }

  #show(page: InboxPage): void {
    this.#absence.read(page.items, this.#stored());
    this.#inbox.update((inbox) => withPage(inbox, page));
    this.#isReading = false;
    this.#loading.set('ready');
    if (isLacking(this.#inbox())) this.#load();
    else this.#settle();
  }

  #take(burst: readonly ConnectionEvent[]): void {
    const entries = burst.filter(isEntry);
    const isOther = changesMuted(this.#inbox(), entries);
    this.#inbox.update((inbox) => trimmed(withEntries(inbox, entries)));
    const came = entries.filter((entry) => entry.kind === 'notification').filter(({ data }) => this.#firstArrivals.take(data.id));
    this.#absence.add(came.filter(({ isLate }) => isLate).map(({ data }) => data));
    this.#announce(came.filter(({ isLate }) => !isLate).map(({ data }) => data), false);
    if (burst.some(({ kind }) => kind === 'caught-up')) this.#catchUp();
    if ((isOther || isLacking(this.#inbox())) && this.#loading() === 'ready') this.#load();
  }

  #catchUp(): void {
    this.#isCaughtUp = true;
    if (this.#isStale || this.#loading() === 'failed') this.#load();
    else this.#settle();
  }

  /** Once nothing more is to come: says what came while the page was away, all at once. */
  #settle(): void {
    if (!this.#isCaughtUp || this.#isStale || this.#isReading) return;
    const late = this.#absence.take();
    if (late.length > 0) this.#lateIds.set(new Set(late.map(({ id }) => id)));
    this.#announce(late, true);
  }

  /** What is gone already is passed over, and of what came late also what was read or put away elsewhere meanwhile. */
  #announce(notifications: readonly Notification[], isLate: boolean): void {
    const inbox = this.#inbox();
    const there = notifications.filter(({ id }) => !inbox.gone.has(id));
    const asItems = there.map((notification) => ({ ...itemOf(inbox, knownAs(inbox, notification)), isLate }));
    const items = isLate ? asItems.filter((item) => matches(item, { view: 'inbox', unread: true })) : asItems;
    if (items.length > 0) this.#arrivals.next({ items, isLate });
  }
}

function isEntry(event: ConnectionEvent): event is ConnectionEvent & Entry {
  return event.kind === 'notification' || event.kind === 'state' || event.kind === 'retract' || event.kind === 'preferences';
}
