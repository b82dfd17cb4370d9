import type { Notification } from '@herald/protocol';
import { Observable, Subject } from 'rxjs';
import { Absence } from './absence.ts';
import { FirstArrivals } from './first-arrivals.ts';
import type { Inbox } from './inbox.ts';
import type { InboxItem } from './inbox-item.ts';
import { entityFor, itemOf } from './items-of.ts';
import { matches } from './matches.ts';
import type { Entry } from './updaters/with-entries.ts';

/** Notifications that arrived, oldest first. `isLate`: they came while the client was away. */
export interface Arrival {
  items: readonly InboxItem[];
  isLate: boolean;
}

/** Tells of each notification once: at once if it comes live, and all together if they came while the client was away. */
export class Arrivals {
  readonly #all = new Subject<Arrival>();
  readonly #first = new FirstArrivals();
  #absence: Absence;

  /** Arrivals before the first listener, which a page may still be loading. */
  readonly #unheard: Arrival[] = [];

  /** The first listener also receives earlier arrivals, after it has returned from subscribing. */
  readonly all = new Observable<Arrival>((listener) => {
    queueMicrotask(() => this.#unheard.splice(0).forEach((arrival) => listener.next(arrival)));
    return this.#all.subscribe(listener);
  });

  /** @param known id of the newest notification that was here before; empty for none, null for a first visit */
  constructor(known: string | null) {
    this.#absence = new Absence(known);
  }

  /** @see Absence.endsAt */
  lateUntil(newest: string | null): void {
    this.#absence.endsAt(newest);
  }

  /** @see Absence.read */
  read(newest: readonly Notification[], shown: readonly Notification[]): void {
    this.#absence.read(newest, shown);
  }

  /** The person reads other channels now. Their notifications are older, and none of them came meanwhile. */
  otherChannels(): void {
    this.#absence = new Absence(null);
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

  /** The client has caught up: tells of the late ones. @returns their ids */
  settle(inbox: Inbox): ReadonlySet<string> {
    const late = this.#absence.take();
    this.#announce(inbox, late, true);
    return new Set(late.map(({ id }) => id));
  }

  /** Skips notifications that are gone, and late ones that were read or put away on another device. */
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
