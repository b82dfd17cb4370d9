import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE } from '../../../protocol/channels.js';
import type { InboxItem } from '../../../protocol/inbox.js';
import type { Action } from '../../../protocol/notification.js';
import type { PersonalReceipt, Receipts, SentPage } from '../../../protocol/receipts.js';
import { accountOf } from '../auth/account-of.js';
import { InboxService } from '../inbox/inbox.service.js';
import { UnknownNotificationError } from '../notifications/notification-errors.js';
import { InboxRepository, type Mark, type PersonalMark } from '../repository/inbox-repository.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { ReceiptRepository, type Recipients } from '../repository/receipt-repository.js';
import { UserRepository } from '../repository/user-repository.js';
import { NothingToConfirmError, UnknownActionError } from './receipt-errors.js';

/** What recipients answer to a notification, and what its sender learns of them. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly inboxes: InboxRepository,
    private readonly receipts: ReceiptRepository,
    private readonly users: UserRepository,
    private readonly inbox: InboxService,
  ) {}

  /** Confirms that a person has seen it, which reads it too. @throws UnknownNotificationError | NothingToConfirmError */
  async acknowledge(username: string, id: string): Promise<InboxItem> {
    const { requiresAck } = await this.inbox.find(username, id);
    if (requiresAck !== true) throw new NothingToConfirmError();
    return this.inbox.changeOne(username, id, { read: true, acknowledged: true });
  }

  /** Chooses an action that is an event, counted from 0; another choice later takes its place. @throws UnknownActionError */
  async act(username: string, id: string, index: number): Promise<InboxItem> {
    const { actions = [] } = await this.inbox.find(username, id);
    const action = actions[index];
    if (action === undefined || !('event' in action)) throw new UnknownActionError();
    return this.inbox.changeOne(username, id, { read: true, acted: action.label });
  }

  /** @throws UnknownNotificationError, also when it is another's, so that ids can't be tried | InvalidTokenError */
  async of(id: string, asker: string): Promise<Receipts> {
    const { roles } = await accountOf({ username: asker }, this.users);
    const notification = await this.notifications.find(id);
    const recipients = await this.#recipientsOf(id);
    if (notification === undefined || recipients === undefined) throw new UnknownNotificationError();
    if (notification.sender !== asker && !roles.includes(ADMIN_ROLE)) throw new UnknownNotificationError();
    const { count, usernames } = recipients;
    const isRecipient = (username: string): boolean => usernames?.includes(username) ?? true;
    const receivers = new Set((await this.receipts.receiversOf(id)).filter(isRecipient));
    const marks = (await this.inboxes.marksOf(id)).filter(({ username }) => isRecipient(username));
    const events = (notification.actions ?? []).filter(isEvent);
    const number = (has: (mark: Mark) => boolean): number => marks.filter(({ mark }) => has(mark)).length;
    return {
      recipients: count,
      // Who joined a channel afterwards may have received it as well.
      delivered: Math.min(receivers.size, count),
      read: number(({ read }) => read === true),
      acted: number(({ acted }) => acted !== undefined),
      acknowledged: number(({ acknowledged }) => acknowledged === true),
      choices: events.map(({ label, event }) => ({ label, event, count: number(({ acted }) => acted === label) })),
      ...(usernames && { people: usernames.map((username) => personal(username, receivers, marks, events)) }),
    };
  }

  /** Those named who were removed since are left out: nothing is known of them any more. */
  async #recipientsOf(id: string): Promise<Recipients | undefined> {
    const recipients = await this.receipts.recipientsOf(id);
    if (recipients?.usernames === undefined) return recipients;
    const found = await Promise.all(recipients.usernames.map((username) => this.users.find(username)));
    const usernames = found.flatMap((user) => user?.username ?? []);
    return { count: usernames.length, usernames };
  }

  /** What a person has sent and is still there, newest first. */
  async sent(username: string, limit: number, before?: string): Promise<SentPage> {
    // One more than asked for tells whether there is a next page.
    const found = await this.notifications.sentBy(username, limit + 1, before);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}

type EventAction = Extract<Action, { event: string }>;

const isEvent = (action: Action): action is EventAction => 'event' in action;

function personal(username: string, receivers: ReadonlySet<string>, marks: readonly PersonalMark[], events: readonly EventAction[]): PersonalReceipt {
  const mark = marks.find((one) => one.username === username)?.mark ?? {};
  const { read = false, acted = null, acknowledged = false } = mark;
  const event = events.find(({ label }) => label === acted)?.event ?? null;
  return { username, delivered: receivers.has(username), read, acted, event, acknowledged };
}
