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
/** Frames larger than what is left of the credit wait until no acknowledgement can be due any more: not for too many. */
const ACK_EVERY_BYTES_MAX = 16 * 1024;
/** A client that reads so many times the share in that time has the next larger one; one that reads less, the next smaller. */
const UP_FROM = 2;
const DOWN_FROM = 0.75;
/** A client that is behind is written to again in the turn in which it has acknowledged; its share of a turn is no longer. */
const GOES_ON_MS = 2;

/** A moment, and how late what arrives may be read then because this process is busy; in ms. */
export interface Moment {
  now: number;
  lagMs: number;
}

/** Waits for the acknowledgement of all that was in flight at a moment. */
interface Probe {
  readonly since: number;
  readonly bytes: number;
  left: number;
  /** Unless more is written by then, none of what is left need be acknowledged soon. */
  writtenBy: number;
}

/**
 * The bytes of medium and low that may be on their way to a client: what it reads in about 16 ms, and what is on the
 * line, so that a high one is behind no more than that. A client that reads fast has a large share, and acknowledges
 * less often; one on a line of 1 Mb/s has the smallest. Its rate shows in how long it takes to acknowledge what was in
 * flight. The way there and back, and the time until this process comes to read, may not be its doing: they are no
 * reason to go down, and none to go up either.
 */
export class OrdinaryShare {
  #step = FIRST_STEP;
  #probe: Probe | undefined;

  /** @param roundTripMs of a few bytes to the client and back, at most */
  constructor(private roundTripMs: number) {}

  get bytes(): number {
    return STEPS_BYTES[this.#step] as number;
  }

  /** No more than half the share, less one run: a connection that waits for credit always has an acknowledgement due. */
  get ackEvery(): AckEvery {
    return { messages: this.bytes / BYTES_A_MESSAGE, bytes: this.#halfBytes - RUN_BYTES };
  }

  /** With no more than this in flight, frame headers and a run that is partly acknowledged included, none may be due. */
  get maybeNotDueBytes(): number {
    return this.#halfBytes + RUN_BYTES;
  }

  /** A round trip took so long. */
  tookRoundTrip(ms: number): void {
    this.roundTripMs = Math.min(this.roundTripMs, ms);
  }

  /** So much was in flight after a write. */
  wrote(inFlightBytes: number, now: number): void {
    const isDue = inFlightBytes > this.maybeNotDueBytes;
    if (this.#probe !== undefined && isDue && now <= this.#probe.writtenBy) this.#probe.writtenBy = Infinity;
    else if (this.#probe?.writtenBy !== Infinity) this.#probe = undefined;
    if (isDue) this.#probe ??= { since: now, bytes: inFlightBytes, left: inFlightBytes, writtenBy: Infinity };
  }

  /**
   * So much was acknowledged, and so much is still in flight.
   * @returns whether the share, and `ackEvery` with it, has changed
   */
  acknowledged(bytes: number, inFlightBytes: number, moment: Moment): boolean {
    const probe = this.#probe;
    if (probe === undefined) return false;
    probe.left -= bytes;
    if (probe.left > 0 && moment.now <= probe.writtenBy) {
      if (inFlightBytes <= this.maybeNotDueBytes) probe.writtenBy = Math.min(probe.writtenBy, moment.now + moment.lagMs + GOES_ON_MS);
      return false;
    }
    this.#probe = undefined;
    return moment.now <= probe.writtenBy && this.#judge(probe, moment);
  }

  get #halfBytes(): number {
    return Math.min(this.bytes / 2, ACK_EVERY_BYTES_MAX);
  }

  #judge({ since, bytes: sent, left }: Probe, { now, lagMs }: Moment): boolean {
    const bytes = sent - left;
    const tookMs = now - since;
    // The last of it may have been acknowledged only with what was written after the first was.
    const readingMs = tookMs - 2 * (this.roundTripMs + lagMs);
    const before = this.#step;
    if (bytes * AHEAD_MS >= UP_FROM * this.bytes * tookMs) this.#step = Math.min(before + 1, STEPS_BYTES.length - 1);
    else if (bytes * (AHEAD_MS + this.roundTripMs) <= DOWN_FROM * this.bytes * readingMs) this.#step = Math.max(before - 1, 0);
    return this.#step !== before;
  }
}
