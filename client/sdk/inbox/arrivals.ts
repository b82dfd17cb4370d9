import { signal } from '@angular/core';
import { Observable, Subject } from 'rxjs';
import type { Notification } from '../../../../../protocol/notification';
import { Absence } from '../../../../sdk/inbox/absence.js';
import { FirstArrivals } from '../../../../sdk/inbox/first-arrivals.js';
import type { Inbox } from '../../../../sdk/inbox/inbox.js';
import type { InboxItem } from '../../../../sdk/inbox/inbox-item.js';
import { itemOf, knownAs } from '../../../../sdk/inbox/items-of.js';
import { matches } from '../../../../sdk/inbox/matches.js';
import type { Entry } from '../../../../sdk/inbox/updaters/with-entries.js';

/** Something arrived: live, or because it had come while the page was away. Oldest first. */
export interface Arrival {
  items: readonly InboxItem[];
  isLate: boolean;
}

/** Tells what arrives, each notification once: at once what comes live, and all together what came while the page was away. */
export class Arrivals {
  readonly #all = new Subject<Arrival>();
  readonly #lateIds = signal<ReadonlySet<string>>(new Set());
  #first = new FirstArrivals();
  #absence = new Absence(null);

  /** What arrived before anyone listened, as while the page is still loading what announces it. */
  #unheard: Arrival[] = [];

  /** The first who listens is also told what arrived before, as soon as it is ready to pass it on. */
  readonly all = new Observable<Arrival>((listener) => {
    queueMicrotask(() => this.#unheard.splice(0).forEach((arrival) => listener.next(arrival)));
    return this.#all.subscribe(listener);
  });
  /** What came while the page was away, until that is seen. */
  readonly lateIds = this.#lateIds.asReadonly();

  /** @param known id of the newest notification that was here before; empty for none, null for a first visit */
  begin(known: string | null): void {
    this.#absence = new Absence(known);
    this.#first = new FirstArrivals();
    this.#unheard = [];
    this.seen();
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
    this.#lateIds.set(new Set());
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
    if (late.length > 0) this.#lateIds.set(new Set(late.map(({ id }) => id)));
    this.#announce(inbox, late, true);
  }

  /** What is gone already is passed over, and of what came late also what was read or put away elsewhere meanwhile. */
  #announce(inbox: Inbox, notifications: readonly Notification[], isLate: boolean): void {
    const there = notifications.filter(({ id }) => !inbox.gone.has(id));
    const asItems = there.map((notification) => ({ ...itemOf(inbox, knownAs(inbox, notification)), isLate }));
    const items = isLate ? asItems.filter((item) => matches(item, { view: 'inbox', unread: true })) : asItems;
    if (items.length === 0) return;
    if (this.#all.observed) this.#all.next({ items, isLate });
    else this.#unheard.push({ items, isLate });
  }
}

/**
 * The notifications that an entry takes back, or that the person has dealt with on another device. The inbox does not tell:
 * what a page has said already, it passes over.
 */
function settledBy({ kind, data }: Entry): readonly string[] {
  if (kind === 'retract') return [data.notificationId];
  if (kind === 'notification') return data.replaces === undefined ? [] : [data.replaces];
  if (kind !== 'state') return [];
  return data.read === true || data.archived === true || typeof data.snoozedUntil === 'string' ? data.ids : [];
}
