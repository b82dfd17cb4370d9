import type { InboxChanged, InboxItem, InboxPage } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { firstPage } from '../notifications/first-page.js';
import { unknownNotification } from '../notifications/notification-refusals.js';
import { type InboxQuery, InboxRepository, type Mark, type Selection } from '../repository/inbox-repository.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';
import { Readers } from './readers.js';
import { SnoozeAlarm } from './snooze-alarm.js';

/** Reads and changes a person's inbox. Each method throws the refusal `invalid_token` if the account was removed. */
@Injectable()
export class InboxService {
  constructor(
    private readonly repository: InboxRepository,
    private readonly readers: Readers,
    private readonly alarm: SnoozeAlarm,
    private readonly receipts: ReceiptRepository,
  ) {}

  async page(username: string, query: InboxQuery): Promise<InboxPage> {
    const page = await this.repository.page(await this.readers.of(username), query);
    const { items, isMore } = firstPage(page.items, query.limit);
    await this.receipts.fetched(
      username,
      items.map(({ id }) => id),
    );
    return { ...page, items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : page.nextCursor };
  }

  /** @throws Refusal unknown_notification */
  async find(username: string, id: string): Promise<InboxItem> {
    const item = await this.repository.find(await this.readers.of(username), id);
    if (item === undefined) throw unknownNotification();
    await this.receipts.fetched(username, [id]);
    return item;
  }

  /** @throws Refusal unknown_notification */
  async changeOne(username: string, id: string, change: Mark): Promise<InboxItem> {
    await this.change(username, { ids: [id] }, change);
    return this.find(username, id);
  }

  async change(username: string, selection: Selection, change: Mark): Promise<InboxChanged> {
    const changed = await this.repository.change(await this.readers.of(username), selection, change);
    if (typeof change.snoozedUntil === 'string') this.alarm.bringForward(change.snoozedUntil);
    return changed;
  }

  /** Marks the newest unread ones in the inbox as read, up to `CHANGE_MATCHES_MAX`; `nextUpTo` leads to the others. */
  readAll(username: string): Promise<InboxChanged> {
    return this.change(username, { filter: { view: 'inbox', unread: true } }, { read: true });
  }
}
