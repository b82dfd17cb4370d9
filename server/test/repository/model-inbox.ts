import type { InboxCounts, InboxFilter, InboxItem, StateChange } from '@herald/protocol';
import type { Reader } from '../../src/repository/inbox-repository.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';

/** The simplest model of one person's inbox, to compare an adapter with. */
export class ModelInbox {
  readonly #marks = new Map<string, StateChange>();

  constructor(private readonly log: NotificationRepository) {}

  /** The reader's items among these notifications, newest first. */
  async items(reader: Reader, ids: readonly string[]): Promise<InboxItem[]> {
    const items: InboxItem[] = [];
    for (const id of ids) {
      const notification = await this.log.find(id);
      if (notification === undefined || !notification.audience.some((channel) => reader.channels.includes(channel)))
        continue;
      const read = reader.muted.includes(notification.category);
      items.unshift({ ...notification, read, archived: false, snoozedUntil: null, ...this.#marks.get(id) });
    }
    return items;
  }

  /** @returns ids that have changed */
  async change(reader: Reader, ids: readonly string[], change: StateChange): Promise<string[]> {
    const changed: string[] = [];
    for (const id of new Set(ids)) {
      const [item] = await this.items(reader, [id]);
      if (
        item === undefined ||
        Object.entries(change).every(([field, value]) => item[field as keyof StateChange] === value)
      )
        continue;
      this.#marks.set(id, { ...this.#marks.get(id), ...change });
      changed.push(id);
    }
    return changed;
  }

  counts(items: readonly InboxItem[]): InboxCounts {
    const count = (filter: InboxFilter): number => items.filter((item) => this.isIn(item, filter)).length;
    return {
      unread: count({ view: 'inbox', unread: true }),
      inbox: count({ view: 'inbox' }),
      archived: count({ view: 'archived' }),
      snoozed: count({ view: 'snoozed' }),
    };
  }

  isIn({ archived, snoozedUntil, read }: InboxItem, { view, unread }: InboxFilter): boolean {
    const own = archived ? 'archived' : snoozedUntil !== null ? 'snoozed' : 'inbox';
    return (view === 'all' || view === own) && !(unread === true && read);
  }
}
