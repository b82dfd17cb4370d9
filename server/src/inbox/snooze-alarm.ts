import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { isInvalidToken } from '../auth/auth-refusals.js';
import type { InboxRepository } from '../repository/inbox-repository.js';
import { Store } from '../repository/store.js';
import { Alarm, type Task } from '../timing/alarm.js';
import { Readers } from './readers.js';

/** Returns snoozed notifications to the inbox, unread, when their snooze ends. */
@Injectable()
export class SnoozeAlarm implements OnModuleInit, OnModuleDestroy {
  readonly #alarm: Alarm;
  readonly #inboxes: InboxRepository;

  constructor(
    store: Store,
    private readonly readers: Readers,
  ) {
    const { inboxes, isShared } = store;
    this.#inboxes = inboxes;
    const agenda = {
      isShared,
      next: (after: string) => inboxes.nextSnoozeEnd(after),
      dueBy: (now: string, limit: number) => this.#dueBy(now, limit),
    };
    this.#alarm = new Alarm(agenda, new Logger(SnoozeAlarm.name));
  }

  onModuleInit(): void {
    this.#alarm.start();
  }

  onModuleDestroy(): void {
    this.#alarm.stop();
  }

  /** Ensures the alarm fires no later than `snoozedUntil`. */
  bringForward(snoozedUntil: string): void {
    this.#alarm.bringForward(snoozedUntil);
  }

  async #dueBy(now: string, limit: number): Promise<Task[]> {
    return (await this.#inboxes.sleepersBy(now, limit)).map((username) => ({
      id: username,
      run: () => this.#bringBack(username, now),
    }));
  }

  /** Selects by `now` instead of by id, since a notification may have been snoozed again meanwhile. */
  async #bringBack(username: string, now: string): Promise<void> {
    try {
      const reader = await this.readers.of(username);
      await this.#inboxes.change(reader, { snoozedUntil: now }, { read: false, snoozedUntil: null });
    } catch (error) {
      // The account was removed meanwhile, with its snoozes.
      if (!isInvalidToken(error)) throw error;
    }
  }
}
