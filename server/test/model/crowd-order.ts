import type { ModelClient } from './model-client.js';

/** While more clients than this wait for high, medium and low go only to clients that were passed over too often. */
const URGENT_AT_ONCE = 64;
/** Counting is slow, so only every nth write is checked. */
const LOOKS_AT_EVERY = 16;

/** Checks that no medium or low is written while a crowd waits for high, unless it is due (see `LaneOrder`). */
export class CrowdOrder {
  #writes = 0;

  private constructor(private readonly clients: readonly ModelClient[]) {}

  static watch(clients: readonly ModelClient[]): void {
    const order = new CrowdOrder(clients);
    if (clients.length > URGENT_AT_ONCE) for (const client of clients) client.onOrdinary = () => order.#check();
  }

  #check(): void {
    this.#writes += 1;
    if (this.#writes % LOOKS_AT_EVERY > 0) return;
    const waiting = this.clients.filter(({ isHighWaiting }) => isHighWaiting).length;
    if (waiting > URGENT_AT_ONCE) throw new Error(`medium or low was written while ${waiting} waited for high`);
  }
}
