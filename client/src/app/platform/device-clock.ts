import { Injectable, signal } from '@angular/core';

/** Smaller differences are the network's, or do no harm. */
const TOLERATED_MS = 2 * 60_000;

/** Compares the clock of this device with that of the server. */
@Injectable({ providedIn: 'root' })
export class DeviceClock {
  readonly #aheadMs = signal(0);

  /** Milliseconds by which it is ahead, negative if it is behind; 0 if it is right, or if that is not known. */
  readonly aheadMs = this.#aheadMs.asReadonly();

  /** @param date header of an answer that has just come; null where another origin does not show it */
  compare(date: string | null): void {
    const aheadMs = date === null ? 0 : Date.now() - Date.parse(date);
    this.#aheadMs.set(Math.abs(aheadMs) > TOLERATED_MS ? aheadMs : 0);
  }
}
