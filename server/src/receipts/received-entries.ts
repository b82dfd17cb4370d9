import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';

/** Records which entries people have received, as their connections acknowledge them. */
@Injectable()
export class ReceivedEntries implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ReceivedEntries.name);
  #unsubscribe?: () => void;

  constructor(
    private readonly engine: DeliveryEngine,
    private readonly receipts: ReceiptRepository,
  ) {}

  onModuleInit(): void {
    this.#unsubscribe = this.engine.onAcknowledged((username, stretch) => {
      this.receipts.received(username, stretch).catch((error: unknown) => this.logger.error(error));
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
  }
}
