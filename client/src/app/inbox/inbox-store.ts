import { readStoredNewestId } from '#app/connection/browser-positions';
import { Connection } from '#app/connection/connection';
import { refusalOf } from '#app/refusal/refusal';
import { Session } from '#app/session/session';
import { computed, effect, inject, Injectable, resource, signal, untracked } from '@angular/core';
import { HeraldApi, HeraldError } from '@herald/client/api';
import {
  type Arrival,
  countsIn,
  type Done,
  EMPTY_INBOX,
  EMPTY_STATE,
  type Fate,
  fateOf,
  heldIn,
  HeraldInbox,
  type InboxItem,
  isPlain,
  itemsOf,
  keptOf,
  listIn,
  type Target,
  withFilter,
} from '@herald/client/inbox';
import type { InboxFilter, StateChange } from '@herald/protocol';
import { BehaviorSubject, EMPTY, type Observable, switchMap } from 'rxjs';
import { InboxDatabase } from './inbox-database';

/** Signals of the inbox of the person who is signed in. The library's `HeraldInbox` does the work. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  readonly #api = inject(HeraldApi);
  readonly #connection = inject(Connection);
  readonly #session = inject(Session);
  readonly #database = inject(InboxDatabase);
  readonly #inboxes = new BehaviorSubject<HeraldInbox | null>(null);
  readonly #state = signal(EMPTY_STATE);
  /** Owner of the state: the person before for a moment, after another one has signed in. */
  readonly #owner = signal<string | null>(null);
  readonly #problem = signal<string | null>(null);
  readonly #inbox = computed(() => this.#state().inbox);

  /** Null while nobody is signed in. */
  readonly username = computed(() => this.#session.signedIn()?.username ?? null);
  readonly filter = computed(() => this.#inbox().query.filter);
  /** All notifications that are held, whatever the filter, newest first. */
  readonly loaded = computed(() => heldIn(this.#state()));
  /** Notifications that match the filter, as far as they are loaded, newest first. */
  readonly items = computed(() => listIn(this.#state(), this.loaded()));
  /** Counts of the whole inbox, whatever the filter. */
  readonly counts = computed(() => countsIn(this.#state()));
  readonly unreadCount = computed(() => this.counts().unread);
  readonly loading = computed(() => this.#state().loading);
  readonly #refusal = resource({
    params: () => this.#state().error ?? undefined,
    loader: async ({ params: error }) => {
      const unreachable = $localize`:@@store.notAnswered:The server can’t be reached. Try again in a moment.`;
      return error instanceof HeraldError ? (await refusalOf(error, unreachable)).message : unreachable;
    },
  });
  /** Reason why the list could not be loaded, in a sentence; null if it was. */
  readonly failure = computed(() => (this.#refusal.hasValue() ? this.#refusal.value() : null));
  /** Time at which the kept copy that is shown was true, in milliseconds since 1970; null if no copy is shown. */
  readonly keptAt = computed(() => this.#state().keptAt);
  /** The list has only what is known here: the server could not be asked for the rest. */
  readonly isPartial = computed(() => this.#state().isPartial);
  readonly hasOlder = computed(() => this.#inbox().query.cursor !== null);
  /** Makes the copy that a browser may keep; undefined while the inbox is not wholly known. */
  readonly keepable = computed(() => {
    const [inbox, owner] = [this.#inbox(), this.#owner()];
    const isWhole = this.loading() === 'ready' && !this.isPartial() && isPlain(this.filter());
    if (!isWhole || owner === null || owner !== this.username()) return undefined;
    return (at: number) => keptOf(inbox, itemsOf(inbox), owner, at);
  });
  /** Reason why the last change may have failed, in a sentence; null if it succeeded. */
  readonly problem = this.#problem.asReadonly();
  /** Entries still to come after a reconnect; null when caught up. */
  readonly catchingUp = this.#connection.catchingUp;
  readonly connection = this.#connection.status;
  /** Notifications that arrive, in batches. */
  readonly arrivals: Observable<Arrival> = this.#inboxes.pipe(switchMap((inbox) => inbox?.arrivals$ ?? EMPTY));

  constructor() {
    effect((onCleanup) => {
      const username = this.username();
      const inbox = untracked(() => this.#begin(username));
      onCleanup(() => inbox?.close());
    });
  }

  show(filter: InboxFilter): void {
    const inbox = this.#inboxes.value;
    // The next person's inbox begins with it.
    if (inbox === null) this.#state.set({ ...EMPTY_STATE, inbox: withFilter(EMPTY_INBOX, filter) });
    else inbox.show(filter);
  }

  /** Loads the list again, as after a failure. */
  reload(): void {
    this.#inboxes.value?.reload();
  }

  async loadOlder(): Promise<void> {
    await this.#inboxes.value?.loadOlder();
  }

  /** A notification that is held, in its current state, whatever the filter. */
  known(id: string): InboxItem | undefined {
    return this.loaded().find((item) => item.id === id);
  }

  /** Why a notification is no longer there; null if it is, or if that is not known. */
  fate(id: string): Fate | null {
    return fateOf(this.#inbox(), id);
  }

  /** @see HeraldInbox.open */
  async openOne(id: string): Promise<InboxItem | undefined> {
    return this.#inboxes.value?.open(id);
  }

  /**
   * Reads, archives or snoozes: these, or all that match the filter. The change is shown at once; `problem` tells when it
   * failed.
   * @returns null when nothing has changed
   */
  async change(target: Target, change: StateChange): Promise<Done | null> {
    const inbox = this.#inboxes.value;
    if (inbox === null) return null;
    const changing = inbox.change(target, change);
    this.#problem.set(null);
    const { done, error } = await changing;
    if (error !== undefined) this.#problem.set(await problemOf(error));
    return done;
  }

  markRead(id: string): void {
    if (this.known(id)?.read !== true) void this.change([id], { read: true });
  }

  markAllRead(): Promise<Done | null> {
    this.#inboxes.value?.seeLate();
    return this.change({ upTo: this.items()[0]?.id ?? '' }, { read: true });
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }

  #begin(username: string | null): HeraldInbox | null {
    const inbox =
      username === null
        ? null
        : new HeraldInbox({
            api: this.#api,
            events$: this.#connection.events,
            lastSeen: () => readStoredNewestId(username),
            kept: () => this.#database.read(username),
            filter: this.filter(),
          });
    this.#owner.set(username);
    this.#problem.set(null);
    this.#state.set(inbox?.getState() ?? EMPTY_STATE);
    inbox?.subscribe(() => this.#state.set(inbox.getState()));
    this.#inboxes.next(inbox);
    return inbox;
  }
}

async function problemOf(error: unknown): Promise<string> {
  const unreachable = $localize`:@@store.notChanged:The server did not answer, so this may not have been saved. Try again in a moment.`;
  return (await refusalOf(error, unreachable)).message;
}
