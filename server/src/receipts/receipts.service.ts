import {
  ADMIN_ROLE,
  type Answered,
  type InboxItem,
  parseChannel,
  type Receipts,
  type SentPage,
} from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import { InboxService } from '../inbox/inbox.service.js';
import { firstPage } from '../notifications/first-page.js';
import { unknownNotification } from '../notifications/notification-refusals.js';
import { isOwn, ownSenders } from '../notifications/own-sender.js';
import { AppRepository } from '../repository/app-repository.js';
import { InboxRepository } from '../repository/inbox-repository.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { ReceiptRepository, type Recipients } from '../repository/receipt-repository.js';
import { UserRepository } from '../repository/user-repository.js';
import { nothingToConfirm, unknownAction } from './receipt-refusals.js';
import { isEvent, type Responses, receiptsOf } from './receipts-of.js';

/** Records the recipients' answers to a notification, and reports them to its sender. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly inboxes: InboxRepository,
    private readonly receipts: ReceiptRepository,
    private readonly users: UserRepository,
    private readonly apps: AppRepository,
    private readonly inbox: InboxService,
  ) {}

  /** Confirms a notification, which also marks it read. @throws Refusal unknown_notification | nothing_to_confirm */
  async acknowledge(username: string, id: string): Promise<InboxItem> {
    const { requiresAck } = await this.inbox.find(username, id);
    if (requiresAck !== true) throw nothingToConfirm();
    return this.inbox.changeOne(username, id, { read: true, acknowledged: true });
  }

  /**
   * Chooses an action with an event. A later choice replaces it.
   * @param index of the action, from 0
   * @throws Refusal unknown_action
   */
  async act(username: string, id: string, index: number): Promise<Answered> {
    const { actions = [], acted, actedEvent, actedAt } = await this.inbox.find(username, id);
    const action = actions[index];
    if (action === undefined || !isEvent(action)) throw unknownAction();
    const { label, event } = action;
    const isRepeated = acted === label && actedEvent === event;
    const at = (isRepeated ? actedAt : undefined) ?? new Date().toISOString();
    const replacedAnswer = await this.receipts.answer(username, id, { label, event, at });
    const mark = { read: true, acted: label, actedEvent: event, actedAt: at };
    const item = await this.inbox.changeOne(username, id, mark);
    return { ...item, ...(replacedAnswer && { replacedAnswer }) };
  }

  /**
   * The receipts of a notification, for its sender, the owner of the app that sent it, and administrators.
   * @throws Refusal unknown_notification, also for those of others, so that nobody can find ids by trying |
   * invalid_token
   */
  async of(id: string, asker: string): Promise<Receipts> {
    const { roles } = await accountOf({ username: asker }, this.users);
    const isAdministrator = roles.includes(ADMIN_ROLE);
    const notification = await this.notifications.find(id);
    const recipients = await this.#recipientsOf(id);
    if (notification === undefined || recipients === undefined) throw unknownNotification();
    if (!isAdministrator && !(await isOwn(notification.sender, asker, this.apps))) throw unknownNotification();
    const named = notification.audience.flatMap(nameIn);
    const mayName = isAdministrator || named.length > 0;
    const counted = isAdministrator || named.length === 0 ? recipients : onlyNamed(named, recipients);
    return receiptsOf(notification, { recipients: counted, mayName, ...(await this.#responsesTo(id, counted)) });
  }

  async #responsesTo(id: string, recipients: Recipients): Promise<Responses> {
    const receivers = (await this.receipts.receiversOf(id)).filter((username) => recipients.has(username));
    const marks = (await this.inboxes.marksOf(id)).filter(({ username }) => recipients.has(username));
    const answers = [...(await this.receipts.answersOf(id))].filter(([username]) => recipients.has(username));
    return {
      receivers: new Set(receivers),
      marks: new Map(marks.map(({ username, mark }) => [username, mark])),
      answers: new Map(answers),
    };
  }

  /** Leaves out removed accounts if the names are known: their marks are deleted as well. */
  async #recipientsOf(id: string): Promise<Recipients | undefined> {
    const recipients = await this.receipts.recipientsOf(id);
    if (recipients?.usernames === undefined) return recipients;
    const found = await Promise.all(recipients.usernames.map((username) => this.users.find(username)));
    const usernames = found.flatMap((user) => user?.username ?? []);
    return { count: usernames.length, usernames, has: (username) => usernames.includes(username) };
  }

  /** The notifications of a person and of their apps that still exist, newest first. */
  async sent(username: string, limit: number, before?: string): Promise<SentPage> {
    // One extra item shows whether there is a next page.
    const found = await this.notifications.sentBy(await ownSenders(username, this.apps), limit + 1, before);
    const { items, isMore } = firstPage(found, limit);
    return { items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : null };
  }
}

/** The username of a `user:` channel, which the sender knows; empty for other channels. */
function nameIn(channel: string): string[] {
  const parsed = parseChannel(channel);
  return parsed?.kind === 'user' ? [parsed.name] : [];
}

/** Leaves out everybody else: the counts of a topic with and without one more name would reveal who follows it. */
function onlyNamed(named: readonly string[], recipients: Recipients): Recipients {
  const usernames = named.filter((username) => recipients.has(username)).sort();
  return { count: usernames.length, usernames, has: (username) => usernames.includes(username) };
}
