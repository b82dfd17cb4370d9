import type { AckEvery } from '../../../protocol/frames.js';
import { RUN_BYTES } from './segment.js';

/** What a client should have read, of what is on its way in medium and low, by the time a high one is written. */
const AHEAD_MS = 16;
/** The share goes up and down these steps, one at a time. */
const STEPS_BYTES = [2, 4, 8, 16, 32, 48].map((kilobytes) => kilobytes * 1024);
const FIRST_STEP = 3;
/** Before anything is known of the client. */
export const FIRST_SHARE_BYTES = STEPS_BYTES[FIRST_STEP] as number;
const BYTES_A_MESSAGE = 512;
/** A client that reads so many times the share in that time has the next larger one; one that reads less, the next smaller. */
const UP_FROM = 2;
const DOWN_FROM = 0.75;

/** A moment, and how late what arrives may be read then because this process is busy; in ms. */
export interface Moment {
  now: number;
  lagMs: number;
}

/**
 * The bytes of medium and low that may be on their way to a client: what it reads in about 16 ms, so that a high one is
 * behind no more than that. A client that reads fast has a large share, and acknowledges less often; one on a line of
 * 1 Mb/s has the smallest. Its rate shows in how long acknowledgements take. The way there and back, and the time until
 * this process comes to read them, may not be its doing: they are no reason to go down, and none to go up either.
 */
export class OrdinaryShare {
  #step = FIRST_STEP;
  #probedSince: number | undefined;

  /** @param roundTripMs of a few bytes to the client and back */
  constructor(private readonly roundTripMs: number) {}

  get bytes(): number {
    return STEPS_BYTES[this.#step] as number;
  }

  /** No more than half the share, less one run: a connection that waits for credit always has an acknowledgement due. */
  get ackEvery(): AckEvery {
    return { messages: this.bytes / BYTES_A_MESSAGE, bytes: this.bytes / 2 - RUN_BYTES };
  }

  /** With no more than this in flight, frame headers and a run that is partly acknowledged included, none may be due. */
  get maybeNotDueBytes(): number {
    return this.bytes / 2 + RUN_BYTES;
  }

  /** So much was in flight after a write. */
  wrote(inFlightBytes: number, now: number): void {
    if (inFlightBytes > this.maybeNotDueBytes) this.#probedSince ??= now;
  }

  /** So much was acknowledged at once. @returns whether the share, and `ackEvery` with it, has changed */
  acknowledged(bytes: number, { now, lagMs }: Moment): boolean {
    if (this.#probedSince === undefined || bytes === 0) return false;
    const mostMs = now - this.#probedSince;
    const leastMs = mostMs - this.roundTripMs - lagMs;
    this.#probedSince = undefined;
    const before = this.#step;
    if (bytes * AHEAD_MS >= UP_FROM * this.bytes * mostMs) this.#step = Math.min(before + 1, STEPS_BYTES.length - 1);
    else if (bytes * AHEAD_MS <= DOWN_FROM * this.bytes * leastMs) this.#step = Math.max(before - 1, 0);
    return this.#step !== before;
  }
}
