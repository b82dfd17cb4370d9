import type { InboxStore } from '#app/inbox/inbox-store';
import { computed, linkedSignal, type Signal } from '@angular/core';
import { type InboxItem, isPlain, matches } from '@herald/client/inbox';
import type { InboxFilter } from '@herald/protocol';
import { withExtra } from './list/with-extra';

/** State of the page that decides which notifications its list has. */
interface Shown {
  readonly filter: Signal<InboxFilter>;
  /** Id of the open notification. */
  readonly open: Signal<string | undefined>;
  /** Key of the row where the keyboard is. */
  readonly currentKey: Signal<string | null>;
}

/**
 * The notifications in the page's list: those that match its filter, those that are pinned, and the open one after it
 * has left the list by being read or confirmed.
 */
export class ShownItems {
  readonly #store: Pick<InboxStore, 'items' | 'known' | 'unconfirmed'>;
  readonly #shown: Shown;

  constructor(store: Pick<InboxStore, 'items' | 'known' | 'unconfirmed'>, shown: Shown) {
    this.#store = store;
    this.#shown = shown;
  }

  /** Id of the notification that was opened from the list, until the keyboard goes on to another row. */
  readonly #fromList = linkedSignal<
    { open: string | undefined; current: string | null; items: readonly InboxItem[] },
    string | null
  >({
    source: () => ({ open: this.#shown.open(), current: this.#shown.currentKey(), items: this.#store.items() }),
    computation: ({ open, current, items }, previous) => {
      const last = previous?.value ?? null;
      if (open === undefined) return current === last ? last : null;
      return open === last || items.some(({ id }) => id === open) ? open : null;
    },
  });
  /** Notifications that stand above all others until they are confirmed. */
  readonly #pinned = computed(() => (isPlain(this.#shown.filter()) ? this.#store.unconfirmed() : []));

  readonly pinnedIds = computed<ReadonlySet<string>>(() => new Set(this.#pinned().map(({ id }) => id)));
  readonly items = computed(() => {
    const open = this.#store.known(this.#fromList() ?? '');
    const { unread, unconfirmed, ...others } = this.#shown.filter();
    const isLeaving = open !== undefined && (unread === true || unconfirmed === true) && matches(open, others);
    return withExtra(this.#store.items(), isLeaving ? [open] : this.#pinned());
  });
  readonly ids = computed(() => this.items().map(({ id }) => id));
}
