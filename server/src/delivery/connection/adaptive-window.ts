import type { AckEvery } from '@herald/protocol';
import type { Moment } from '../schedule/lag.js';

/** Time in which a client should be able to read everything of medium and low that is in flight to it. */
const AHEAD_MS = 16;
/** The window grows by one step at a time, and shrinks by as many as necessary. */
const STEPS_BYTES = [2, 4, 8, 16, 32, 48].map((kilobytes) => kilobytes * 1024);
/** First step for a client that is near: until it has shown that it reads slowly, little lies ahead of high. */
const FIRST_STEP = 2;
/** First step for a client that is too far away to grow: the round trip hides how fast it reads. */
const FIRST_STEP_FAR = 3;
const BYTES_A_MESSAGE = 512;
/** Bytes in flight include frame headers, while acknowledgements are due by the text alone. */
const HEADERS_BYTES = 512;
/** The window grows if the client reads at least this many windows in `AHEAD_MS`. */
const UP_FROM = 2;
/** The window shrinks if the client reads at most this part of it in `AHEAD_MS` and the round trip. */
const DOWN_FROM = 0.6;
/** After an acknowledgement, a client that is behind is written to within this time and the lag. */
const GOES_ON_MS = 2;

/** A measurement: the time until everything that was in flight at `since` is acknowledged. */
interface Probe {
  readonly since: number;
  readonly bytes: number;
  left: number;
  /** Upper bound of the part of an acknowledgement's delay that the network or this process caused. */
  waitMs: number;
  /** If nothing more is written by this time, the rest makes no acknowledgement due, and the measurement is void. */
  writtenBy: number;
}

/**
 * Window of medium and low. A high entry waits behind them, so the window holds what the client reads in about 16 ms,
 * and what is on the line: 2 KB at 1 Mb/s, up to 48 KB for a fast client, which then acknowledges less often. The speed
 * shows in the time until bytes in flight are acknowledged. Part of that time may be the network's and this process's:
 * shrinking leaves that part out, growing does not.
 */
export class AdaptiveWindow {
  #step: number;
  #isTested = false;
  #probe: Probe | undefined;

  /** @param roundTripMs upper bound of the round trip to the client */
  constructor(private roundTripMs: number) {
    this.#step = roundTripMs * UP_FROM < AHEAD_MS ? FIRST_STEP : FIRST_STEP_FAR;
  }

  get bytes(): number {
    return STEPS_BYTES[this.#step] as number;
  }

  /** Bytes that may be in flight: before the first acknowledgement only about half, since the client may be slow. */
  get allowedBytes(): number {
    return this.#isTested ? this.bytes : this.maybeNotDueBytes;
  }

  /** Half the window without frame headers, so that a client whose window is used up always owes an acknowledgement. */
  get ackEvery(): AckEvery {
    return { messages: this.bytes / BYTES_A_MESSAGE, bytes: this.bytes / 2 - HEADERS_BYTES };
  }

  /** With up to this many bytes in flight, the client may owe no acknowledgement yet; with more, it owes one. */
  get maybeNotDueBytes(): number {
    return this.bytes / 2 + HEADERS_BYTES;
  }

  tookRoundTrip(ms: number): void {
    this.roundTripMs = Math.min(this.roundTripMs, ms);
  }

  /** @param inFlightBytes bytes of medium and low in flight after a write */
  wrote(inFlightBytes: number, now: number): void {
    const isDue = inFlightBytes > this.maybeNotDueBytes;
    if (this.#probe !== undefined && isDue && now <= this.#probe.writtenBy) this.#probe.writtenBy = Infinity;
    else if (this.#probe?.writtenBy !== Infinity) this.#probe = undefined;
    if (isDue)
      this.#probe ??= { since: now, bytes: inFlightBytes, left: inFlightBytes, waitMs: 0, writtenBy: Infinity };
  }

  /**
   * @param bytes bytes that were acknowledged
   * @param inFlightBytes bytes that are still in flight
   * @returns whether the window, and `ackEvery` with it, has changed
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

  /** Shrinks as soon as an acknowledgement is later than network and lag can explain. */
  #goDown(probe: Probe, { now, lateMs }: Moment): boolean {
    const waitMs = this.roundTripMs + lateMs;
    // A later acknowledgement may be for bytes that were written after the first one, so two waits are subtracted.
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
