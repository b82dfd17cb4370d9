import { ADMIN_ROLE, channelsOf, type Notification, type NotificationDraft, userChannel } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { accountOf } from '../auth/account-of.js';
import type { Sender } from '../auth/sender.js';
import type { Refusal } from '../http/refusal/refusal.js';
import { AppRepository } from '../repository/app-repository.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import type { KeyedRequest } from '../repository/request-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { unknownRecipient } from './audience-refusals.js';
import { allowedAudience, unknownUsersOf } from './audience.js';
import { newNotification } from './new-notification.js';
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
    const data = newNotification(draft, await this.audienceOf(draft, sender), sender);
    const { entry } = await this.repository.append(data.audience, { event: 'notification', data }, request);
    return entry.data as Notification;
  }

  /** The channels that a draft would go to now. @throws Refusal audience_refused | unknown_recipient | invalid_token */
  async audienceOf(draft: NotificationDraft, sender: Sender): Promise<readonly string[]> {
    const [audience = []] = await this.#audiencesOf([draft], sender, () => 'audience');
    return audience;
  }

  /**
   * Stores all notifications in their order, or none. A refusal names the index of the one at fault.
   * @param request that they are sent by, once
   * @throws Refusal audience_refused | unknown_recipient | invalid_token
   * @throws RequestDone
   */
  async sendAll(drafts: readonly NotificationDraft[], sender: Sender, request?: KeyedRequest): Promise<Notification[]> {
    const audiences = await this.#audiencesOf(drafts, sender, (index) => `[${index}].audience`);
    const notifications = drafts.map((draft, index) => newNotification(draft, audiences[index] ?? [], sender));
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
  async #audiencesOf(
    drafts: readonly NotificationDraft[],
    sender: Sender,
    fieldOf: (index: number) => string,
  ): Promise<(readonly string[])[]> {
    const user = await accountOf({ username: sender.app?.owner ?? sender.name }, this.users);
    const allowed: (readonly string[])[] = [];
    for (const [index, draft] of drafts.entries()) {
      if (index > 0) await loopShare.pause();
      allowed.push(allowedAudience(draft, sender, user, fieldOf(index)));
    }
    return this.#knownIn(allowed, user, fieldOf, (index) => isOfApp(drafts[index], sender));
  }

  /**
   * The audiences without users who do not exist.
   * @param mayShrink whether an audience may lose users, as long as a channel is left
   * @throws Refusal unknown_recipient
   */
  async #knownIn(
    audiences: readonly (readonly string[])[],
    by: User,
    fieldOf: (index: number) => string,
    mayShrink: (index: number) => boolean,
  ): Promise<(readonly string[])[]> {
    const left: (readonly string[])[] = [];
    let refusal: Refusal | undefined;
    for (const [index, audience] of audiences.entries()) {
      if (index > 0) await loopShare.pause();
      const unknown = await unknownUsersOf(audience, this.users);
      const known = audience.filter((name) => !unknown.some((user) => name === userChannel(user)));
      left.push(known);
      const isRefused = unknown.length > 0 && (known.length === 0 || !mayShrink(index));
      if (isRefused) refusal ??= unknownRefusal(unknown, by, fieldOf(index));
    }
    if (refusal !== undefined) throw refusal;
    return left;
  }
}

function unknownRefusal([first]: readonly string[], { roles }: User, field: string): Refusal {
  return roles.includes(ADMIN_ROLE) ? unknownRecipient(first, field) : unknownRecipient(undefined, 'audience');
}

/** Whether a draft goes to the audience of its app, which may have lost some of its users since it was set. */
function isOfApp(draft: NotificationDraft | undefined, { app }: Sender): boolean {
  return app !== undefined && draft?.audience === undefined;
}

function isReader(user: User, { audience }: Notification): boolean {
  return channelsOf(user).some((channel) => audience.includes(channel));
}
