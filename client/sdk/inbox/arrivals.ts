import { Observable, Subject } from 'rxjs';
import type { Notification } from '../../../protocol/notification.js';
import { Absence } from './absence.js';
import { FirstArrivals } from './first-arrivals.js';
import type { Inbox } from './inbox.js';
import type { InboxItem } from './inbox-item.js';
import { entityFor, itemOf } from './items-of.js';
import { matches } from './matches.js';
import type { Entry } from './updaters/with-entries.js';

/** Something arrived: live, or because it had come while the page was away. Oldest first. */
export interface Arrival {
  items: readonly InboxItem[];
  isLate: boolean;
}

/** Tells what arrives, each notification once: at once if it comes live, and together if it came while the page was away. */
export class Arrivals {
  readonly #all = new Subject<Arrival>();
  readonly #first = new FirstArrivals();
  #absence: Absence;
  #lateIds: ReadonlySet<string> = new Set();

  /** What arrived before anyone listened, as while the page is still loading what announces it. */
  readonly #unheard: Arrival[] = [];

  /** The first who listens is also told what arrived before, as soon as it is ready to pass it on. */
  readonly all = new Observable<Arrival>((listener) => {
    queueMicrotask(() => this.#unheard.splice(0).forEach((arrival) => listener.next(arrival)));
    return this.#all.subscribe(listener);
  });

  /** @param known id of the newest notification that was here before; empty for none, null for a first visit */
  constructor(known: string | null) {
    this.#absence = new Absence(known);
  }

  /** Ids of those that came while the page was away, until they are seen. */
  get lateIds(): ReadonlySet<string> {
    return this.#lateIds;
  }

  /** @see Absence.endsAt */
  lateUntil(newest: string | null): void {
    this.#absence.endsAt(newest);
  }

  /** @see Absence.read */
  read(newest: readonly Notification[], shown: readonly Notification[]): void {
    this.#absence.read(newest, shown);
  }

  /** What may be read now has always been there: nothing came meanwhile. */
  otherChannels(): void {
    this.#absence = new Absence(null);
  }

  /** What came while the page was away is known by now. */
  seen(): void {
    this.#lateIds = new Set();
  }

  /** @param inbox with these entries */
  take(inbox: Inbox, entries: readonly (Entry & { isLate: boolean })[]): void {
    const came = entries
      .filter((entry) => entry.kind === 'notification')
      .filter(({ data }) => this.#first.take(data.id));
    for (const entry of entries) this.#absence.drop(settledBy(entry));
    this.#absence.add(came.filter(({ isLate }) => isLate).map(({ data }) => data));
    this.#announce(
      inbox,
      came.filter(({ isLate }) => !isLate).map(({ data }) => data),
      false,
    );
  }

  /** Nothing more is to come of what came while the page was away. */
  settle(inbox: Inbox): void {
    const late = this.#absence.take();
    if (late.length > 0) this.#lateIds = new Set(late.map(({ id }) => id));
    this.#announce(inbox, late, true);
  }

  /** What is gone already is passed over, and of what came late also what was read or put away elsewhere meanwhile. */
  #announce(inbox: Inbox, notifications: readonly Notification[], isLate: boolean): void {
    const there = notifications.filter(({ id }) => !inbox.gone.has(id));
    const asItems = there.map((notification) => ({ ...itemOf(inbox, entityFor(inbox, notification)), isLate }));
    const items = isLate ? asItems.filter((item) => matches(item, { view: 'inbox', unread: true })) : asItems;
    if (items.length === 0) return;
    if (this.#all.observed) this.#all.next({ items, isLate });
    else this.#unheard.push({ items, isLate });
  }
}

/** Notifications that an entry removes, or that the person has dealt with on another device. */
function settledBy({ kind, data }: Entry): readonly string[] {
  if (kind === 'retract') return [data.notificationId];
  if (kind === 'notification') return data.replaces === undefined ? [] : [data.replaces];
  if (kind !== 'state') return [];
  return data.read === true || data.archived === true || typeof data.snoozedUntil === 'string' ? data.ids : [];
}
