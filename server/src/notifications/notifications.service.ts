import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE, channelsOf } from '../../../protocol/channels.js';
import type { Notification, NotificationDraft } from '../../../protocol/notification.js';
import { accountOf } from '../auth/account-of.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { TimeSlice } from '../timing/time-slice.js';
import { checkAudience } from './audience.js';
import { newNotification } from './new-notification.js';
import { NotSenderError, UnknownNotificationError } from './notification-errors.js';
import { retractionOf } from './retraction.js';

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
  async send(draft: NotificationDraft, sender: string): Promise<Notification> {
    const data = newNotification(draft, sender);
    await this.#checkAudience(data);
    const [entry] = await this.repository.append(data.audience, { event: 'notification', data });
    return entry?.event === 'notification' ? entry.data : data;
  }

  /** Whether a draft may be sent. @throws AudienceRefusedError | UnknownRecipientError | InvalidTokenError */
  check(draft: NotificationDraft, sender: string): Promise<void> {
    return this.#checkAudience(newNotification(draft, sender));
  }

  /**
   * Stores all of them, in their order, or none. A refusal names the index.
   * @throws AudienceRefusedError | UnknownRecipientError | InvalidTokenError
   */
  async sendAll(drafts: readonly NotificationDraft[], sender: string): Promise<Notification[]> {
    const notifications = drafts.map((draft) => newNotification(draft, sender));
    const slice = new TimeSlice();
    for (const [index, notification] of notifications.entries()) {
      await slice.next();
      await this.#checkAudience(notification, `[${index}].audience`);
    }
    const entries = await this.repository.appendAll(
      notifications.map((data) => ({ channels: data.audience, entry: { event: 'notification', data } })),
    );
    const stored = new Map(entries.map(({ data }) => [data.id, data as Notification]));
    return notifications.map((data) => stored.get(data.id) ?? data);
  }

  /**
   * Takes a notification back: it leaves every inbox.
   * @throws UnknownNotificationError, also when it is not theirs to read, so that ids can't be tried | NotSenderError | InvalidTokenError
   */
  async retract(id: string, by: string): Promise<void> {
    const user = await accountOf({ username: by }, this.users);
    const notification = await this.repository.find(id);
    if (notification === undefined) throw new UnknownNotificationError();
    if (notification.sender !== by && !user.roles.includes(ADMIN_ROLE)) {
      throw isReader(user, notification) ? new NotSenderError() : new UnknownNotificationError();
    }
    await this.repository.appendAll([retractionOf(notification)]);
  }

  async #checkAudience({ audience, sender }: Notification, field?: string): Promise<void> {
    await checkAudience(audience, await accountOf({ username: sender }, this.users), this.users, field);
  }
}

function isReader(user: User, { audience }: Notification): boolean {
  return channelsOf(user).some((channel) => audience.includes(channel));
}
