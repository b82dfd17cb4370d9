import type { AckEvery } from '../../../../protocol/frames.js';

/** What a client should have read, of what is on its way in medium and low, by the time a high one is written. */
const AHEAD_MS = 16;
/** The share goes up these steps one at a time, and down as many as need be. */
const STEPS_BYTES = [2, 4, 8, 16, 32, 48].map((kilobytes) => kilobytes * 1024);
/** Of a client that is near: if it reads slowly, little is ahead of a high one until that shows. */
const FIRST_STEP = 2;
/** Of one that is too far to go up, however fast it reads: the way there and back takes too long for that to show. */
const FIRST_STEP_FAR = 3;
const BYTES_A_MESSAGE = 512;
/** What is in flight counts with the headers of its frames, and an acknowledgement is due by their text. */
const HEADERS_BYTES = 512;
/** A client that reads so many times the share in that time has the next larger one; one that reads less, a smaller one. */
const UP_FROM = 2;
const DOWN_FROM = 0.6;
/** A client that is behind is written to again in the turn in which it has acknowledged; its share of a turn is no longer. */
const GOES_ON_MS = 2;

/** A moment of this process, in ms: see `Lag`. */
export interface Moment {
  now: number;
  /** How long it takes at present until what has come is answered. */
  lagMs: number;
  /** How long what is read may have lain there unread. */
  lateMs: number;
}

/** Waits for the acknowledgement of all that was in flight at a moment. */
interface Probe {
  readonly since: number;
  readonly bytes: number;
  left: number;
  /** The longest that one of its acknowledgements, and what was written because of it, may have been on the way, or unread. */
  waitMs: number;
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
  #step: number;
  #isTested = false;
  #probe: Probe | undefined;

  /** @param roundTripMs of a few bytes to the client and back, at most */
  constructor(private roundTripMs: number) {
    this.#step = roundTripMs * UP_FROM < AHEAD_MS ? FIRST_STEP : FIRST_STEP_FAR;
  }

  get bytes(): number {
    return STEPS_BYTES[this.#step] as number;
  }

  /** Until it has shown how fast it reads, a client is sent no more than makes an acknowledgement due: it may be slow. */
  get allowedBytes(): number {
    return this.#isTested ? this.bytes : this.maybeNotDueBytes;
  }

  /** No more than half the share, less the headers: a connection that waits for credit always has an acknowledgement due. */
  get ackEvery(): AckEvery {
    return { messages: this.bytes / BYTES_A_MESSAGE, bytes: this.bytes / 2 - HEADERS_BYTES };
  }

  /** With no more than this in flight, headers included, none may be due: at most 24.5 KB, so that 39 KB fit beside it. */
  get maybeNotDueBytes(): number {
    return this.bytes / 2 + HEADERS_BYTES;
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
    if (isDue)
      this.#probe ??= { since: now, bytes: inFlightBytes, left: inFlightBytes, waitMs: 0, writtenBy: Infinity };
  }

  /**
   * So much was acknowledged, and so much is still in flight.
   * @returns whether the share, and `ackEvery` with it, has changed
   */
  acknowledged(bytes: number, inFlightBytes: number, moment: Moment): boolean {
    const probe = this.#probe;
    if (probe === undefined) return false;
    probe.left -= bytes;
    const isInTime = moment.now <= probe.writtenBy;
    this.#isTested ||= isInTime;
    if (isInTime && this.#goDown(probe, moment)) return true;
    if (probe.left > 0 && isInTime) {
      if (inFlightBytes <= this.maybeNotDueBytes)
        probe.writtenBy = Math.min(probe.writtenBy, moment.now + moment.lagMs + GOES_ON_MS);
      return false;
    }
    this.#probe = undefined;
    return isInTime && this.#goUp(probe, moment);
  }

  /** As soon as an acknowledgement proves that the client reads less, whatever else it may have waited for. */
  #goDown(probe: Probe, { now, lateMs }: Moment): boolean {
    const waitMs = this.roundTripMs + lateMs;
    // After the first, an acknowledgement may be one of what was written only when the first had come.
    const readingMs = now - probe.since - probe.waitMs - waitMs;
    probe.waitMs = Math.max(probe.waitMs, waitMs);
    if (readingMs <= 0) return false;
    const aheadBytes = ((probe.bytes - probe.left) * (AHEAD_MS + this.roundTripMs)) / readingMs;
    const before = this.#step;
    while (this.#step > 0 && aheadBytes <= DOWN_FROM * this.bytes) this.#step -= 1;
    if (this.#step === before) return false;
    this.#probe = undefined;
    return true;
  }

  #goUp({ since, bytes, left }: Probe, { now }: Moment): boolean {
    if ((bytes - left) * AHEAD_MS < UP_FROM * this.bytes * (now - since) || this.#step === STEPS_BYTES.length - 1)
      return false;
    this.#step += 1;
    return true;
  }
}
