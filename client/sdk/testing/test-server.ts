import type { InboxChanged, InboxCounts, InboxFilter, InboxItem, InboxPage } from '@herald/protocol';
import type { Mark } from '../inbox/inbox.ts';
import { matches } from '../inbox/matches.ts';
import type { Entry } from '../inbox/updaters/with-entries.ts';

const MUTED = ['marketing'];
/** Notifications of this category must be confirmed. */
export const ALARM = 'alarm';

/** A server with one person's inbox, as simply as it can be said. It keeps every entry that it has sent. */
export class TestServer {
  readonly entries: Entry[] = [];
  #items: InboxItem[] = [];
  #ids = 0;

  notify(category: string, nth: number | undefined): void {
    const replaced = nth === undefined ? undefined : this.#items[nth];
    const id = this.#nextId();
    const notification = {
      id,
      title: id,
      message: '',
      priority: 'low' as const,
      category,
      audience: ['everyone'],
      sender: 's',
      createdAt: '',
      ...(category === ALARM && { requiresAck: true as const }),
      ...(replaced && { replaces: replaced.id }),
    };
    this.#items = [
      { ...notification, read: MUTED.includes(category), archived: false, snoozedUntil: null },
      ...this.#items.filter((item) => item !== replaced),
    ];
    this.entries.push({ kind: 'notification', data: { ...notification, channel: 'everyone', offset: 1 } });
  }

  /** @returns the answer to the person who made the change */
  change(nth: readonly number[], mark: Mark): InboxChanged | undefined {
    const ids = [...new Set(nth.flatMap((n) => this.#items[n]?.id ?? []))];
    if (ids.length === 0) return undefined;
    this.#items = this.#items.map((item) => (ids.includes(item.id) ? { ...item, ...mark } : item));
    const [asOf, counts] = [this.#nextId(), this.counts()];
    this.entries.push({
      kind: 'state',
      data: { id: asOf, lane: 'medium', ids, ...mark, counts, channel: 'user:ada', offset: 1 },
    });
    return { ids, counts, asOf };
  }

  one(nth: number): InboxItem | undefined {
    return this.#items[nth];
  }

  retract(nth: number): void {
    const item = this.#items[nth];
    if (item === undefined) return;
    this.#items = this.#items.filter((one) => one !== item);
    this.entries.push({
      kind: 'retract',
      data: { id: this.#nextId(), lane: 'low', notificationId: item.id, channel: 'everyone', offset: 1 },
    });
  }

  page(filter: InboxFilter, limit: number, before = '~'): InboxPage {
    const found = this.matching(filter).filter(({ id }) => id < before);
    const items = found.slice(0, limit);
    return {
      items,
      nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
      counts: this.counts(),
      muted: MUTED,
      asOf: this.#nextId(),
    };
  }

  matching(filter: InboxFilter): InboxItem[] {
    return this.#items.filter((item) => matches(item, filter));
  }

  counts(): InboxCounts {
    const count = (filter: InboxFilter): number => this.matching(filter).length;
    return {
      unread: count({ view: 'inbox', unread: true }),
      inbox: count({ view: 'inbox' }),
      archived: count({ view: 'archived' }),
      snoozed: count({ view: 'snoozed' }),
      unconfirmed: count({ view: 'inbox', unconfirmed: true }),
    };
  }

  #nextId(): string {
    this.#ids += 1;
    return String(this.#ids).padStart(6, '0');
  }
}
