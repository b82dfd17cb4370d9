import {
  ADMIN_ROLE,
  type NotificationDraft,
  SCHEDULED_MAX,
  type ScheduledNotification,
  type ScheduledPage,
} from '@herald/protocol';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import { isInvalidToken } from '../auth/auth-refusals.js';
import { type Sender, senderOf } from '../auth/sender.js';
import { isRefusal } from '../http/refusal/refusal.js';
import { newId } from '../repository/new-id.js';
import type { KeyedRequest } from '../repository/request-repository.js';
import type { AppRepository } from '../repository/app-repository.js';
import type { NewNotification } from '../repository/notification-repository.js';
import type { ScheduledRepository } from '../repository/scheduled-repository.js';
import { Store } from '../repository/store.js';
import type { UserRepository } from '../repository/user-repository.js';
import { Alarm, type Task } from '../timing/alarm.js';
import { firstPage } from './first-page.js';
import { scheduleFull, tooManyScheduled, unknownNotification } from './notification-refusals.js';
import { newNotification, plainDraft } from './new-notification.js';
import { isOwn, ownSenders } from './own-sender.js';
import { NotificationsService } from './notifications.service.js';

const MB = 1024 * 1024;
/** Limits of one sender, and of all senders together. */
const LIMITS = { count: SCHEDULED_MAX, bytes: 4 * MB, bytesOfAll: 32 * MB, reserved: MB / 16 };

/** Sends scheduled notifications when they are due. Checks the sender's rights both on scheduling and on sending. */
@Injectable()
export class Schedule implements OnModuleInit, OnModuleDestroy {
  readonly #alarm: Alarm;
  readonly #repository: ScheduledRepository;
  readonly #users: UserRepository;
  readonly #apps: AppRepository;

  constructor(
    store: Store,
    private readonly notifications: NotificationsService,
  ) {
    const { scheduled: repository, isShared } = store;
    this.#repository = repository;
    this.#users = store.users;
    this.#apps = store.apps;
    const agenda = {
      isShared,
      next: (after: string) => repository.nextDue(after),
      dueBy: (now: string, limit: number) => this.#dueBy(now, limit),
    };
    this.#alarm = new Alarm(agenda, new Logger(Schedule.name));
  }

  onModuleInit(): void {
    this.#alarm.start();
  }

  onModuleDestroy(): void {
    this.#alarm.stop();
  }

  /**
   * Stores a draft to be sent later.
   * @param request that it is scheduled by, once
   * @throws Refusal audience_refused | unknown_recipient | invalid_token | too_many_scheduled | schedule_full
   * @throws RequestDone
   */
  async add(
    draft: NotificationDraft,
    deliverAt: string,
    sender: Sender,
    request?: KeyedRequest,
  ): Promise<ScheduledNotification> {
    await this.notifications.audienceOf(draft, sender);
    const createdAt = new Date().toISOString();
    const scheduled = { ...plainDraft(draft), id: newId(), sender: sender.name, createdAt, deliverAt };
    const exceeded = await this.#repository.add(scheduled, LIMITS, request);
    if (exceeded !== undefined) throw exceeded === 'count' ? tooManyScheduled(SCHEDULED_MAX) : scheduleFull();
    this.#alarm.bringForward(deliverAt);
    return scheduled;
  }

  /** Lists those of a person and of their apps, or all for an administrator, soonest first. @throws Refusal invalid_token */
  async list(username: string, limit: number, after?: string): Promise<ScheduledPage> {
    const senders = (await this.#isAdmin(username)) ? undefined : await ownSenders(username, this.#apps);
    const found = await this.#repository.list({ senders, limit: limit + 1, after: placeOf(after) });
    const { items, isMore } = firstPage(found, limit);
    return { items, nextCursor: isMore ? cursorOf(items.at(-1)) : null };
  }

  /**
   * Cancels one of the person's own or of their apps, or any for an administrator.
   * @throws Refusal unknown_notification, also for those of others, so that nobody can find ids by trying |
   * invalid_token
   */
  async cancel(id: string, by: string): Promise<void> {
    const isAdmin = await this.#isAdmin(by);
    const scheduled = await this.#repository.find(id);
    if (scheduled === undefined) throw unknownNotification();
    if (!isAdmin && !(await isOwn(scheduled.sender, by, this.#apps))) throw unknownNotification();
    if (!(await this.#repository.cancel(id))) throw unknownNotification();
  }

  async #dueBy(now: string, limit: number): Promise<Task[]> {
    return (await this.#repository.dueBy(now, limit)).map((scheduled) => ({
      id: scheduled.id,
      run: () => this.#send(scheduled, now),
    }));
  }

  async #send(scheduled: ScheduledNotification, now: string): Promise<void> {
    const { id, expiresAt } = scheduled;
    if (expiresAt !== undefined && expiresAt <= now) {
      await this.#repository.cancel(id);
      return;
    }
    let notification: NewNotification;
    try {
      const sender = await this.#senderOf(scheduled);
      notification = newNotification(scheduled, await this.notifications.audienceOf(scheduled, sender), sender);
    } catch (error) {
      // A removed account has no scheduled notifications left.
      if (isInvalidToken(error)) return;
      const [fault] = isRefusal(error, 'audience_refused', 'unknown_recipient') ? error.details : [];
      if (fault === undefined) throw error;
      await this.#repository.setProblem(id, fault);
      return;
    }
    await this.#repository.send(id, notification);
  }

  async #senderOf({ sender: name }: ScheduledNotification): Promise<Sender> {
    const app = await this.#apps.findNamed(name);
    return app === undefined ? { name } : senderOf(app, this.#users);
  }

  async #isAdmin(username: string): Promise<boolean> {
    return (await accountOf({ username }, this.#users)).roles.includes(ADMIN_ROLE);
  }
}

/** Instant and id, in the format that `ListScheduledQuery` accepts. */
const cursorOf = (last: ScheduledNotification | undefined): string | null =>
  last === undefined ? null : `${last.deliverAt}_${last.id}`;

function placeOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const [at = '', id = ''] = cursor?.split('_') ?? [];
  return cursor === undefined ? undefined : { at, id };
}
