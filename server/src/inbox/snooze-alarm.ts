import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InvalidTokenError } from '../auth/auth-errors.js';
import { InboxRepository, type Snoozed } from '../repository/inbox-repository.js';
import { Readers } from './readers.js';

/** Longest that a timer can be set for; see the documentation of Node's `setTimeout`. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const AGAIN_AFTER_FAILURE_MS = 60_000;

/** Brings back what was snoozed when its time has come, unread. One timer, for the one that is due first. */
@Injectable()
export class SnoozeAlarm implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SnoozeAlarm.name);
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    private readonly inbox: InboxRepository,
    private readonly readers: Readers,
  ) {}

  onModuleInit(): Promise<void> {
    return this.set();
  }

  onModuleDestroy(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Looks when the next snooze ends. Due after each change of one. */
  async set(): Promise<void> {
    const next = await this.inbox.nextSnoozeEnd();
    clearTimeout(this.#timer);
    if (next !== undefined) this.#ringIn(Date.parse(next) - Date.now());
  }

  #ringIn(ms: number): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => void this.#ring(), Math.min(Math.max(ms, 0), TIMER_MAX_MS)).unref();
  }

  async #ring(): Promise<void> {
    try {
      for (const snoozed of await this.inbox.snoozedUntil(new Date().toISOString())) await this.#bringBack(snoozed);
      await this.set();
    } catch (error) {
      this.logger.error(error);
      this.#ringIn(AGAIN_AFTER_FAILURE_MS);
    }
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
