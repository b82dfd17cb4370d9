import type { InboxFilter, StateChange } from '@herald/protocol';
import {
  BehaviorSubject,
  catchError,
  EMPTY,
  filter,
  map,
  merge,
  type Observable,
  skip,
  Subject,
  type Subscription,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';
import type { ConnectionEvent } from '../connection/progress.ts';
import { type Arrival, Arrivals } from './arrivals.ts';
import { bursts } from './bursts.ts';
import { makeChange, type Outcome, type Target } from './changes.ts';
import { Completeness } from './completeness.ts';
import { countRefreshes } from './count-refresh.ts';
import { areStale, withCounts } from './counts-of.ts';
import { EMPTY_INBOX, type Inbox } from './inbox.ts';
import type { InboxApi, Selection } from './inbox-api.ts';
import type { InboxItem } from './inbox-item.ts';
import { EMPTY_STATE, heldIn, type InboxState } from './inbox-state.ts';
import { itemsOf } from './items-of.ts';
import type { KeptInbox } from './kept-inbox.ts';
import { changesMuted, isLacking } from './lacks.ts';
import { matches } from './matches.ts';
import { newestPage, READ_AGAIN_MS } from './newest-page.ts';
import { type Fetched, firstRows, isLoadedBeyond, PAGE_ROWS, type Refetch, refetchOf, withRest } from './refetch.ts';
import { lacksUnconfirmed, unconfirmedPages } from './unconfirmed.ts';
import { trimmed } from './updaters/trimmed.ts';
import { verified } from './updaters/verified.ts';
import { withChange } from './updaters/with-change.ts';
import { isEntry, withEntries } from './updaters/with-entries.ts';
import { withFilter } from './updaters/with-filter.ts';
import { withKept } from './updaters/with-kept.ts';
import { withOne } from './updaters/with-one.ts';
import { withOthers } from './updaters/with-others.ts';
import { withPage } from './updaters/with-page.ts';

export interface HeraldInboxOptions {
  api: InboxApi;
  /** Events of the person's `HeraldConnection`. */
  events$: Observable<ConnectionEvent>;
  /** Id of the newest entry that the last connection has brought; null on a first visit. */
  lastSeen: () => string | null;
  /** Copy of the inbox that this client has kept for when the server can't be reached; null for none. */
  kept: () => Promise<KeptInbox | null>;
  /** Filter to begin with. Default: the inbox view. */
  filter?: InboxFilter;
  /** From 0 up to, but not including, 1. Default: `Math.random`. */
  random?: () => number;
}

/**
 * One person's inbox, live, with the changes that are under way. `getState` and `subscribe` are bound:
 * they are the contract of React's `useSyncExternalStore`; `inbox-state.ts` has the views of a state.
 */
export class HeraldInbox {
  readonly #state = new BehaviorSubject<InboxState>(EMPTY_STATE);
  readonly #refetchWanted = new Subject<void>();
  readonly #lacking = new Subject<void>();
  readonly #completeness = new Completeness();
  readonly #arrivals: Arrivals;
  readonly #subscription: Subscription;
  #openId: string | null = null;
  #isClosed = false;

  readonly getState = (): InboxState => this.#state.value;

  /** @param listener called after each change. @returns a function that ends the subscription */
  readonly subscribe = (listener: () => void): (() => void) => {
    const subscription = this.#state.pipe(skip(1)).subscribe(listener);
    return () => subscription.unsubscribe();
  };

  /** Notifications that arrive, in batches. The first listener also receives those that came before it. */
  readonly arrivals$: Observable<Arrival>;

  constructor(private readonly options: HeraldInboxOptions) {
    this.#arrivals = new Arrivals(options.lastSeen());
    if (options.filter !== undefined) this.#set({ inbox: withFilter(EMPTY_INBOX, options.filter) });
    this.arrivals$ = this.#arrivals.all;
    const lacking = this.#lacking.pipe(throttleTime(READ_AGAIN_MS, undefined, { leading: true, trailing: true }));
    const refetches = merge(this.#refetchWanted, lacking.pipe(filter(() => !this.#completeness.isReading))).pipe(
      switchMap(() => this.#refetch()),
    );
    const areStale$ = this.#state.pipe(map(({ inbox }) => areStale(inbox)));
    const counts = countRefreshes(areStale$, options.api, options.random ?? Math.random).pipe(
      tap((page) => this.#update((inbox) => ({ ...inbox, counts: withCounts(inbox.counts, page.counts, page.asOf) }))),
    );
    const areLacking$ = this.#state.pipe(map(({ inbox, loading }) => loading === 'ready' && lacksUnconfirmed(inbox)));
    const unconfirmed = unconfirmedPages(areLacking$, options.api).pipe(
      tap((page) => this.#update((inbox) => withOthers(inbox, page))),
    );
    const received = options.events$.pipe(
      tap((event) => this.#note(event)),
      filter((event) => isEntry(event) || event.kind === 'caught-up'),
      bursts(),
      tap((burst) => this.#take(burst)),
    );
    this.#subscription = merge(refetches, counts, unconfirmed, received).subscribe();
    this.#refetchWanted.next();
  }

  /** Ends all requests and subscriptions; late answers change nothing. */
  close(): void {
    this.#isClosed = true;
    this.#subscription.unsubscribe();
  }

  /** Shows the notifications that match this filter. */
  show(filter: InboxFilter): void {
    this.#set({ inbox: withFilter(this.getState().inbox, filter), isLoadingOlder: false });
    this.reload();
  }

  /** Reads the list again, as after a failure. */
  reload(): void {
    this.#set({ loading: 'loading', error: null });
    this.#refetchWanted.next();
  }

  /** Loads the page behind the cursor. If that fails, the cursor stays. */
  async loadOlder(): Promise<void> {
    const { query } = this.getState().inbox;
    if (query.cursor === null || this.getState().isLoadingOlder) return;
    this.#set({ isLoadingOlder: true });
    // The status of the connection says why it failed.
    const page = await this.options.api.page(query.filter, query.cursor, PAGE_ROWS).catch(() => null);
    const { inbox } = this.getState();
    if (inbox.query.filter !== query.filter) return;
    this.#set({ inbox: page === null ? inbox : withPage(inbox, page, query.cursor), isLoadingOlder: false });
  }

  /** A notification that is held, in its current state. */
  held(id: string): InboxItem | undefined {
    return heldIn(this.getState()).find((item) => item.id === id);
  }

  /**
   * A notification from here or from the server. It is held until another one is opened.
   * @returns undefined when there is none of that id for this person
   * @throws the error of the request when the server can't be reached
   */
  async open(id: string): Promise<InboxItem | undefined> {
    this.#openId = id;
    // An answer that is older than the last page is ignored, so it asks again.
    for (let tries = 0; tries < 3 && this.held(id) === undefined; tries++) {
      const { asOf } = this.getState().inbox;
      try {
        const item = await this.options.api.one(id);
        this.#update((inbox) => withOne(inbox, item, asOf));
      } catch (error) {
        if (!this.options.api.isRefused(error)) throw error;
        return undefined;
      }
    }
    return this.held(id);
  }

  /**
   * Marks as read, archives or snoozes: these, or all that match the filter. The change is shown at once, and taken back
   * if it fails.
   */
  async change(target: Target, change: StateChange): Promise<Outcome> {
    const state = this.getState();
    const selection: Selection = 'upTo' in target ? { filter: state.inbox.query.filter, ...target } : { ids: target };
    const shown = 'ids' in selection ? selection.ids : idsIn(state, selection);
    if (shown.length === 0) return { done: null };
    const pending = { ids: new Set(shown), change };
    this.#set({ pending: [...state.pending, pending] });
    const made = await makeChange(this.options.api, selection, change, (changed) =>
      this.#update((inbox) => withChange(inbox, changed, change)),
    );
    this.#set({ pending: this.getState().pending.filter((one) => one !== pending) });
    // At once: the interval of `#lacking` is for entries that nobody here waits for.
    if (isLacking(this.getState().inbox) && this.getState().loading === 'ready') this.#refetchUnlessReading();
    return made;
  }

  /** The person has seen what came while they were away. */
  seeLate(): void {
    this.#set({ lateIds: new Set() });
  }

  #set(change: Partial<InboxState>): void {
    if (!this.#isClosed) this.#state.next({ ...this.getState(), ...change });
  }

  #update(updater: (inbox: Inbox) => Inbox): void {
    this.#set({ inbox: updater(this.getState().inbox) });
  }

  #note(event: ConnectionEvent): void {
    if (event.kind === 'welcome') {
      this.#completeness.connect(event.resumed);
      this.#arrivals.lateUntil(event.newest);
    } else if (event.kind === 'gap') {
      this.#completeness.leaveOut();
      if (this.#completeness.isCaughtUp) {
        this.#arrivals.lateUntil(null);
        this.#refetchUnlessReading();
      }
    } else if (event.kind === 'channels') {
      this.#arrivals.otherChannels();
      this.#refetchWanted.next();
    }
  }

  #take(burst: readonly ConnectionEvent[]): void {
    const entries = burst.filter(isEntry);
    const mutesOthers = changesMuted(this.getState().inbox, entries);
    if (mutesOthers) this.#completeness.leaveOut();
    this.#update((inbox) => trimmed(withEntries(inbox, entries), this.#openId));
    const { inbox, loading } = this.getState();
    this.#arrivals.take(inbox, entries);
    if (burst.some(({ kind }) => kind === 'caught-up')) this.#catchUp();
    if ((mutesOthers || this.#lacksAnything()) && loading === 'ready') this.#lacking.next();
  }

  /**
   * Whether only a refetch brings something: an entry that the connection has left out, once the client has caught up,
   * or a notification that a change brings into the list and that is not held.
   */
  #lacksAnything(): boolean {
    const { isCaughtUp, isIncomplete } = this.#completeness;
    return (isCaughtUp && isIncomplete) || isLacking(this.getState().inbox);
  }

  /** The end of a refetch looks again at what is missing. */
  #refetchUnlessReading(): void {
    if (!this.#completeness.isReading) this.#refetchWanted.next();
  }

  #catchUp(): void {
    this.#completeness.catchUp();
    const { isPartial, loading } = this.getState();
    if (this.#completeness.isIncomplete || isPartial || loading === 'failed') this.#refetchWanted.next();
    else this.#settle();
  }

  /** Once nothing more is to come: tells what came while the client was away, all at once. */
  #settle(): void {
    if (!this.#completeness.isSettled) return;
    const lateIds = this.#arrivals.settle(this.getState().inbox);
    if (lateIds.size > 0) this.#set({ lateIds });
  }

  /** Reads the list again, down to where it was loaded. Until the pages have come, the list stays as it is. */
  #refetch(): Observable<Fetched> {
    const { api, lastSeen } = this.options;
    this.#completeness.beginRefetch();
    const refetch = refetchOf(this.getState(), api);
    const fetched: Fetched[] = [];
    const newest = newestPage(
      () => api.page(refetch.filter, null, firstRows(refetch)),
      (error) => this.#showMeanwhile(error),
      lastSeen() ?? '',
    );
    return withRest(newest, refetch).pipe(
      tap((one) => {
        fetched.push(one);
        this.#show(one);
      }),
      tap({ complete: () => this.#endRefetch(refetch, fetched) }),
      catchError((error: unknown) => {
        this.#failRefetch(error);
        return EMPTY;
      }),
    );
  }

  #endRefetch(refetch: Refetch, fetched: readonly Fetched[]): void {
    this.#completeness.endRefetch();
    const [first, last] = [fetched[0]?.page.asOf ?? '', fetched.at(-1)?.page.nextCursor ?? null];
    if (refetch.loadedTo !== undefined) {
      this.#update((inbox) => verified(inbox, first, isLoadedBeyond(last, refetch) ? last : null));
    }
    if (this.#lacksAnything()) this.#lacking.next();
    else this.#settle();
  }

  #failRefetch(error: unknown): void {
    this.#completeness.failRefetch();
    if (this.getState().loading === 'loading') this.#set({ loading: 'failed', error });
    if (this.getState().loading === 'ready' && this.#lacksAnything()) this.#lacking.next();
    else this.#settle();
  }

  #show({ page, before }: Fetched): void {
    const { inbox } = this.getState();
    const next = withPage(inbox, page, before);
    if (before !== null) this.#set({ inbox: next });
    else {
      this.#arrivals.read(page.items, itemsOf(inbox));
      this.#set({ inbox: next, keptAt: null, isPartial: false, loading: 'ready', error: null });
    }
  }

  /** While the newest page can't be had: shows what is held, and what was kept. @returns whether there is any */
  async #showMeanwhile(error: unknown): Promise<boolean> {
    const isReady = (): boolean => this.getState().loading === 'ready';
    if (this.options.api.isRefused(error)) return false;
    if (isReady()) return true;
    const kept = await this.options.kept();
    if (this.getState().loading !== 'loading') return isReady();
    const isFirst = this.getState().inbox.asOf === '';
    if (kept === null && isFirst) return false;
    if (kept !== null) this.#update((inbox) => withKept(inbox, kept));
    this.#set({ keptAt: isFirst ? (kept?.at ?? null) : null, isPartial: true, loading: 'ready' });
    return true;
  }
}

/** Held notifications that a change by a filter applies to. */
function idsIn(state: InboxState, { filter, upTo }: { filter: InboxFilter; upTo: string }): string[] {
  return heldIn(state).flatMap((item) => (item.id <= upTo && matches(item, filter) ? item.id : []));
}
