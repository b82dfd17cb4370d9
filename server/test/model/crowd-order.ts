import type { ModelClient } from './model-client.js';

/** Counting is slow, so only every nth write with medium or low is checked. */
const LOOKS_AT_EVERY = 16;

/** Checks that medium and low wait while other clients wait for high, except for one write at the end of a turn. */
export class CrowdOrder {
  #ordinaryWrites = 0;
  #mustBeLast = false;

  constructor(private readonly clients: readonly ModelClient[]) {
    for (const client of clients) client.onWrite = (hasOrdinary) => this.#check(hasOrdinary);
  }

  beginTurn(): void {
    this.#mustBeLast = false;
  }

  #check(hasOrdinary: boolean): void {
    if (this.#mustBeLast) throw new Error('medium or low was written while other clients waited for high');
    if (!hasOrdinary || ++this.#ordinaryWrites % LOOKS_AT_EVERY > 0) return;
    this.#mustBeLast = this.clients.some(({ isHighWaiting }) => isHighWaiting);
  }
}
