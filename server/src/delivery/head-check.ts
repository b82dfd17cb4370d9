import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeliveryEngine } from './delivery-engine.js';

const CHECK_EVERY_MS = 5000;
/** Channels whose heads are read at a time, with a turn of the event loop between. */
const AT_ONCE = 100;

/**
 * Compares the heads of all open channels with the store's every few seconds, for entries whose announcement was lost.
 */
@Injectable()
export class HeadCheck implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(HeadCheck.name);
  #timer?: NodeJS.Timeout;
  #check: Promise<void> | undefined;
  #isOver = false;
  #hasFailed = false;

  constructor(private readonly delivery: DeliveryEngine) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void (this.#check ??= this.#checkAll()), CHECK_EVERY_MS).unref();
  }

  /** Resolves once it does not read any more. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    this.#isOver = true;
    await this.#check;
  }

  async #checkAll(): Promise<void> {
    try {
      const names = this.delivery.openChannels;
      let found = 0;
      for (let n = 0; n < names.length && !this.#isOver; n += AT_ONCE) {
        found += await this.delivery.checkHeads(names.slice(n, n + AT_ONCE));
        await nextTurn();
      }
      this.delivery.totals.lagEntries = found;
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.#logger.error(error);
      this.#hasFailed = true;
    } finally {
      this.#check = undefined;
    }
  }
}
