import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { channelsOf, EVERYONE } from '../../../protocol/channels.js';
import type { NotificationPage } from '../../../protocol/http.js';
import type { Notification, NotificationDraft } from '../../../protocol/notification.js';
import { accountOf } from '../auth/account-of.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { UserRepository } from '../repository/user-repository.js';
import { checkAudience } from './audience.js';

/** The use cases of notifications. Delivery is not its business: that starts from the repository's event. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly repository: NotificationRepository,
    private readonly users: UserRepository,
  ) {}

  /**
   * Stores a notification for its audience, everyone where it names none. Once this resolves it is stored, and will be
   * delivered.
   * @throws AudienceRefusedError | UnknownRecipientError | InvalidTokenError
   */
  async send({ title, message, priority, category, audience = [EVERYONE] }: NotificationDraft, sender: string): Promise<Notification> {
    await checkAudience(audience, await accountOf({ username: sender }, this.users), this.users);
    const createdAt = new Date().toISOString();
    const notification: Notification = { id: uuidv7(), title, message, priority, category, audience, sender, createdAt };
    await this.repository.append(audience, { event: 'notification', data: notification });
    return notification;
  }

  /** One page of a user's inbox, newest first. @throws InvalidTokenError */
  async list(reader: string, limit: number, before?: string): Promise<NotificationPage> {
    const channels = channelsOf(await accountOf({ username: reader }, this.users));
    // One more than asked for tells whether there is a next page.
    const found = await this.repository.page({ channels, limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: last !== undefined && found.length > limit ? last.id : null };
  }
}
