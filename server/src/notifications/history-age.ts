import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { NotificationRepository } from '../repository/notification-repository.js';

/** An entry stays for at most this much longer than HISTORY_DAYS. */
const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Drops entries that are older than HISTORY_DAYS, at the start and every hour, whether or not anything is sent. The
 * store works in slices. A look that fails is logged; the next one goes on.
 */
@Injectable()
export class HistoryAge implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(HistoryAge.name);
  #timer?: NodeJS.Timeout;
  #look: Promise<void> | undefined;

  constructor(
    private readonly repository: NotificationRepository,
    private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.HISTORY_DAYS === 0) return;
    const look = (): unknown => (this.#look ??= this.#dropOld());
    look();
    this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  /** A look that is under way ends when the store is closed. */
  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  async #dropOld(): Promise<void> {
    try {
      const first = new Date(Date.now() - this.environment.HISTORY_DAYS * DAY_MS);
      await this.repository.dropBefore(first.toISOString());
    } catch (error) {
      this.#logger.error(error);
    } finally {
      this.#look = undefined;
    }
  }
}
