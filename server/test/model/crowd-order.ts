import type { ModelClient } from './model-client.js';

/** With more waiting for something high than these, it is written to them before anything else to anyone that was not passed over too often. */
const URGENT_AT_ONCE = 64;
/** To count them is slow: it is done at every so manieth write. */
const LOOKS_AT_EVERY = 16;

/** Holds what is written of medium and low, but for what is due (see `LaneOrder`), against those who wait for something high. */
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
