import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InvalidTokenError } from '../auth/auth-errors.js';
import { InboxRepository, type Snoozed } from '../repository/inbox-repository.js';
import { Alarm } from '../timing/alarm.js';
import { Readers } from './readers.js';

/** Brings back what was snoozed when its time has come, unread. */
@Injectable()
export class SnoozeAlarm implements OnModuleInit, OnModuleDestroy {
  readonly #alarm: Alarm;

  constructor(
    private readonly inbox: InboxRepository,
    private readonly readers: Readers,
  ) {
    this.#alarm = new Alarm(() => inbox.nextSnoozeEnd(), (now) => this.#ring(now), new Logger(SnoozeAlarm.name));
  }

  onModuleInit(): Promise<void> {
    return this.set();
  }

  onModuleDestroy(): void {
    this.#alarm.stop();
  }

  /** Looks when the next snooze ends. Due after each change of one. */
  set(): Promise<void> {
    return this.#alarm.set();
  }

  async #ring(now: string): Promise<void> {
    for (const snoozed of await this.inbox.snoozedUntil(now)) await this.#bringBack(snoozed);
  }

  async #bringBack({ username, ids }: Snoozed): Promise<void> {
    try {
      await this.inbox.change(await this.readers.of(username), { ids }, { read: false, snoozedUntil: null });
    } catch (error) {
      if (!(error instanceof InvalidTokenError)) throw error;
      await this.inbox.forget(username);
    }
  }
}
