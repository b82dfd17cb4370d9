import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { EVERYONE } from '../../../protocol/channels.js';
import type { NotificationPage } from '../../../protocol/http.js';
import type { Notification, NotificationDraft } from '../../../protocol/notification.js';
import { NotificationRepository } from '../repository/notification-repository.js';

/** The use cases of notifications. Delivery is not its business: that starts from the repository's event. */
@Injectable()
export class NotificationsService {
  constructor(private readonly repository: NotificationRepository) {}

  /** Stores a notification for everyone. Once this resolves it is stored, and will be delivered. */
  async send({ title, message, priority, category }: NotificationDraft, sender: string): Promise<Notification> {
    const createdAt = new Date().toISOString();
    const notification: Notification = { id: uuidv7(), title, message, priority, category, sender, createdAt };
    const entry = await this.repository.append(EVERYONE, notification);
    return entry.notification;
  }

  /** One page of the inbox, newest first. */
  async list(limit: number, before?: string): Promise<NotificationPage> {
    // One more than asked for tells whether there is a next page.
    const found = await this.repository.page({ channels: [EVERYONE], limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: last !== undefined && found.length > limit ? last.id : null };
  }
}
