import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { type LogEntry, NotificationRepository, type Place } from '../repository/notification-repository.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';
import { AudienceCount } from './audience-count.js';

/** Records the recipients of each notification, and the entries that connections acknowledge. */
@Injectable()
export class ReceiptKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ReceiptKeeper.name);
  #places: Place[] = [];
  #unsubscribe: (() => void)[] = [];

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly engine: DeliveryEngine,
    private readonly receipts: ReceiptRepository,
    private readonly count: AudienceCount,
  ) {}

  onModuleInit(): void {
    this.#unsubscribe = [
      this.notifications.onAppended((entry) => this.#collect(entry)),
      this.engine.onAcknowledged((username, stretch) => this.receipts.received(username, stretch)),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** The repository reports an entry once for each of its channels, in succession. */
  #collect({ event, data, channel, lane, offset }: LogEntry): void {
    if (event !== 'notification') return;
    this.#places.push({ channel, lane, offset });
    if (this.#places.length < data.audience.length) return;
    const places = this.#places;
    this.#places = [];
    this.count
      .of(data.audience)
      .then((recipients) => this.receipts.keep(data.id, places, recipients))
      .catch((error: unknown) => this.logger.error(error));
  }
}
