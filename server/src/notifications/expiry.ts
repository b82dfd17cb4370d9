import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { NotificationRepository } from '../repository/notification-repository.js';
import { Alarm } from '../timing/alarm.js';
import { retractionOf } from './retraction.js';

/** Takes back what has expired: to those who follow the log it is a retraction like any other. */
@Injectable()
export class Expiry implements OnModuleInit, OnModuleDestroy {
  readonly #alarm: Alarm;
  #unsubscribe?: () => void;

  constructor(private readonly repository: NotificationRepository) {
    this.#alarm = new Alarm(() => repository.nextExpiry(), (now) => this.#ring(now), new Logger(Expiry.name));
  }

  async onModuleInit(): Promise<void> {
    this.#unsubscribe = this.repository.onAppended(({ event, data }) => {
      if (event === 'notification' && data.expiresAt !== undefined) this.#alarm.bringForward(data.expiresAt);
    });
    await this.#alarm.set();
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
    this.#alarm.stop();
  }

  async #ring(now: string): Promise<void> {
    await this.repository.appendAll((await this.repository.expiredBy(now)).map(retractionOf));
  }
}
