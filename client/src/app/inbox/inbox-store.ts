import { readStoredNewestId } from '#app/connection/browser-positions';
import { Connection } from '#app/connection/connection';
import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { computed, DestroyRef, inject, Injectable, resource, signal } from '@angular/core';
import { HeraldApi, HeraldError } from '@herald/client/api';
import {
  type Arrival,
  countsIn,
  type Fate,
  fateOf,
  heldIn,
  HeraldInbox,
  type InboxItem,
  isPlain,
  itemsOf,
  keptOf,
  listIn,
  type Outcome,
  type Target,
  unconfirmedIn,
} from '@herald/client/inbox';
import type { InboxFilter, StateChange } from '@herald/protocol';
import type { Observable } from 'rxjs';
import { InboxDatabase } from './inbox-database';

/** Signals of the signed-in person's inbox. The library's `HeraldInbox` does the work. */
@Injectable()
export class InboxStore {
  readonly #api = inject(HeraldApi);
  readonly #connection = inject(Connection);
  readonly #database = inject(InboxDatabase);
  readonly username = inject(Person).username;
  readonly #herald = new HeraldInbox({
    api: this.#api,
    events$: this.#connection.events,
    lastSeen: () => readStoredNewestId(this.username),
    kept: () => this.#database.read(this.username),
  });
  readonly #state = signal(this.#herald.getState());
  readonly #problem = signal<string | null>(null);
  readonly #inbox = computed(() => this.#state().inbox);

  readonly filter = computed(() => this.#inbox().query.filter);
  /** All notifications that are held, whatever the filter, newest first. */
  readonly loaded = computed(() => heldIn(this.#state()));
  /** Notifications that match the filter, as far as they are loaded, newest first. */
  readonly items = computed(() => listIn(this.#state(), this.loaded()));
  /** The newest notifications that must be confirmed, whatever the filter and however many others are newer. */
  readonly unconfirmed = computed(() => unconfirmedIn(this.#state(), this.loaded()));
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
    const inbox = this.#inbox();
    const isWhole = this.loading() === 'ready' && !this.isPartial() && isPlain(this.filter());
    return isWhole ? (at: number) => keptOf(inbox, itemsOf(inbox), this.username, at) : undefined;
  });
  /** Reason why the last change may have failed, in a sentence; null if it succeeded. */
  readonly problem = this.#problem.asReadonly();
  /** Entries still to come after a reconnect; null when caught up. */
  readonly catchingUp = this.#connection.catchingUp;
  readonly connection = this.#connection.status;
  /** Notifications that arrive, in batches. */
  readonly arrivals: Observable<Arrival> = this.#herald.arrivals$;

  constructor() {
    this.#herald.subscribe(() => this.#state.set(this.#herald.getState()));
    inject(DestroyRef).onDestroy(() => this.#herald.close());
  }

  show(filter: InboxFilter): void {
    this.#herald.show(filter);
  }

  /** Loads the list again, as after a failure. */
  reload(): void {
    this.#herald.reload();
  }

  async loadOlder(): Promise<void> {
    await this.#herald.loadOlder();
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
    return this.#herald.open(id);
  }

  /**
   * Reads, archives or snoozes: these, or all that match the filter. The change is shown at once; `problem` tells when all
   * of it has failed.
   */
  async change(target: Target, change: StateChange): Promise<Outcome> {
    const changing = this.#herald.change(target, change);
    this.#problem.set(null);
    const outcome = await changing;
    if (outcome.done === null && outcome.error !== undefined) this.#problem.set(await problemOf(outcome.error));
    return outcome;
  }

  markRead(id: string): void {
    if (this.known(id)?.read !== true) void this.change([id], { read: true });
  }

  markAllRead(): Promise<Outcome> {
    this.#herald.seeLate();
    return this.change({ upTo: this.items()[0]?.id ?? '' }, { read: true });
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }
}

async function problemOf(error: unknown): Promise<string> {
  const unreachable = $localize`:@@store.notChanged:The server did not answer, so this may not have been saved. Try again in a moment.`;
  return (await refusalOf(error, unreachable)).message;
}
