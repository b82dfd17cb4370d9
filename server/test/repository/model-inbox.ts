import type { InboxCounts, InboxFilter, InboxItem } from '@herald/protocol';
import type { Mark, Reader } from '../../src/repository/inbox-repository.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';

/** The simplest model of one person's inbox, to compare an adapter with. */
export class ModelInbox {
  readonly #marks = new Map<string, Mark>();

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
  async change(reader: Reader, ids: readonly string[], change: Mark): Promise<string[]> {
    const changed: string[] = [];
    for (const id of new Set(ids)) {
      const [item] = await this.items(reader, [id]);
      if (item === undefined || Object.entries(change).every(([field, value]) => item[field as keyof Mark] === value))
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
      unconfirmed: count({ view: 'inbox', unconfirmed: true }),
    };
  }

  isIn(item: InboxItem, { view, unread, unconfirmed }: InboxFilter): boolean {
    const { archived, snoozedUntil, read, requiresAck, acknowledged } = item;
    const own = archived ? 'archived' : snoozedUntil !== null ? 'snoozed' : 'inbox';
    const isOpen = requiresAck === true && acknowledged !== true;
    return (view === 'all' || view === own) && !(unread === true && read) && !(unconfirmed === true && !isOpen);
  }
}
