import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { NotificationRepository } from '../repository/notification-repository.js';
import { Store } from '../repository/store.js';
import { Alarm, type Task } from '../timing/alarm.js';

/** Retracts notifications when they expire, by ordinary retractions in the log. */
@Injectable()
export class Expiry implements OnModuleInit, OnModuleDestroy {
  readonly #alarm: Alarm;
  readonly #repository: NotificationRepository;
  #unsubscribe?: () => void;

  constructor(store: Store) {
    const { notifications: repository, isShared } = store;
    this.#repository = repository;
    const agenda = {
      isShared,
      next: (after: string) => repository.nextExpiry(after),
      dueBy: (now: string, limit: number) => this.#dueBy(now, limit),
    };
    this.#alarm = new Alarm(agenda, new Logger(Expiry.name));
  }

  onModuleInit(): void {
    this.#unsubscribe = this.#repository.follow({
      appended: ({ entry: { event, data } }) => {
        if (event === 'notification' && data.expiresAt !== undefined) this.#alarm.bringForward(data.expiresAt);
      },
    });
    this.#alarm.start();
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
    this.#alarm.stop();
  }

  async #dueBy(now: string, limit: number): Promise<Task[]> {
    return (await this.#repository.expiredBy(now, limit)).map(({ id }) => ({
      id,
      run: async () => {
        await this.#repository.retract(id);
      },
    }));
  }
}
