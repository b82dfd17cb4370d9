import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { NotificationRepository, type Stored } from '../repository/notification-repository.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';
import { AudienceCount } from './audience-count.js';

/** Records the recipients of each notification, and the entries that connections acknowledge. */
@Injectable()
export class ReceiptKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ReceiptKeeper.name);
  #unsubscribe: (() => void)[] = [];

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly engine: DeliveryEngine,
    private readonly receipts: ReceiptRepository,
    private readonly count: AudienceCount,
  ) {}

  onModuleInit(): void {
    this.#unsubscribe = [
      this.notifications.onAppended((stored) => this.#keep(stored)),
      this.engine.onAcknowledged((username, stretch) => this.receipts.received(username, stretch)),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #keep({ entry: { event, data }, places }: Stored): void {
    if (event !== 'notification') return;
    this.count
      .of(data.audience)
      .then((recipients) => this.receipts.keep(data.id, places, recipients))
      .catch((error: unknown) => this.logger.error(error));
  }
}
