import { ADMIN_ROLE, channelsOf, type Notification, type NotificationDraft } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { accountOf } from '../auth/account-of.js';
import type { Sender } from '../auth/sender.js';
import { Refusal } from '../http/refusal/refusal.js';
import { AppRepository } from '../repository/app-repository.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import type { KeyedRequest } from '../repository/request-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { unknownRecipient } from './audience-refusals.js';
import { checkSender, unknownUserOf } from './audience.js';
import { audienceOf, newNotification } from './new-notification.js';
import { isOwn } from './own-sender.js';
import { notSender, unknownNotification } from './notification-refusals.js';

/** Checks, stores and retracts notifications. It delivers nothing: delivery starts from the repository's event. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly repository: NotificationRepository,
    private readonly users: UserRepository,
    private readonly apps: AppRepository,
  ) {}

  /**
   * Stores a notification for its audience, by default everyone. Once the promise resolves, the notification is stored
   * and will be delivered.
   * @param request that it is sent by, once
   * @throws Refusal audience_refused | unknown_recipient | invalid_token
   * @throws RequestDone
   */
  async send(draft: NotificationDraft, sender: Sender, request?: KeyedRequest): Promise<Notification> {
    await this.check(draft, sender);
    const data = newNotification(draft, sender);
    const { entry } = await this.repository.append(data.audience, { event: 'notification', data }, request);
    return entry.data as Notification;
  }

  /** Checks that a draft may be sent. @throws Refusal audience_refused | unknown_recipient | invalid_token */
  check(draft: NotificationDraft, sender: Sender): Promise<void> {
    return this.#check([draft], sender, () => 'audience');
  }

  /**
   * Stores all notifications in their order, or none. A refusal names the index of the one at fault.
   * @param request that they are sent by, once
   * @throws Refusal audience_refused | unknown_recipient | invalid_token
   * @throws RequestDone
   */
  async sendAll(drafts: readonly NotificationDraft[], sender: Sender, request?: KeyedRequest): Promise<Notification[]> {
    await this.#check(drafts, sender, (index) => `[${index}].audience`);
    const notifications = drafts.map((draft) => newNotification(draft, sender));
    const stored = await this.repository.appendAll(
      notifications.map((data) => ({ channels: data.audience, entry: { event: 'notification', data } })),
      request,
    );
    // Storing a thousand takes long, so the answer is built in another turn of the event loop.
    await setImmediate();
    return stored.map(({ entry }) => entry.data as Notification);
  }

  /**
   * Retracts a notification, which removes it from every inbox.
   * @throws Refusal unknown_notification, also when the person can't read it, so that nobody can find ids by trying |
   * not_sender | invalid_token
   */
  async retract(id: string, by: string): Promise<void> {
    const user = await accountOf({ username: by }, this.users);
    const notification = await this.repository.find(id);
    if (notification === undefined) throw unknownNotification();
    if (!user.roles.includes(ADMIN_ROLE) && !(await isOwn(notification.sender, by, this.apps))) {
      throw isReader(user, notification) ? notSender() : unknownNotification();
    }
    // Another retraction may have come first.
    if (!(await this.repository.retract(id))) throw unknownNotification();
  }

  /**
   * Checks all rights first, then all users, so that the kind of refusal does not reveal whether a user exists. Only
   * administrators learn which user is unknown: others could infer which users in the request exist.
   */
  async #check(
    drafts: readonly NotificationDraft[],
    sender: Sender,
    fieldOf: (index: number) => string,
  ): Promise<void> {
    const user = await accountOf({ username: sender.app?.owner ?? sender.name }, this.users);
    const isAdmin = user.roles.includes(ADMIN_ROLE);
    for (const [index, draft] of drafts.entries()) {
      if (index > 0) await loopShare.pause();
      checkSender(audienceOf(draft, sender), sender, user, fieldOf(index));
    }
    let unknown: Refusal | undefined;
    for (const [index, draft] of drafts.entries()) {
      if (index > 0) await loopShare.pause();
      const name = await unknownUserOf(audienceOf(draft, sender), this.users);
      if (name !== undefined)
        unknown ??= isAdmin ? unknownRecipient(name, fieldOf(index)) : unknownRecipient(undefined, 'audience');
    }
    if (unknown !== undefined) throw unknown;
  }
}

function isReader(user: User, { audience }: Notification): boolean {
  return channelsOf(user).some((channel) => audience.includes(channel));
}
