import type { AckEvery, CreditFrame, Priority } from '@herald/protocol';
import type { Place, Stretch } from '../../repository/notification-repository.js';
import type { Lane } from '../log/lane.js';
import type { FrameEnds, Slice } from '../log/segment.js';
import type { Moment } from '../schedule/lag.js';
import { AdaptiveWindow } from './adaptive-window.js';

/** Bytes that a client may leave unacknowledged. */
export const WINDOW_BYTES = 64 * 1024;
/** High may use this part, so that a medium or low frame of 32 KB fits beside unacknowledged frames of high. */
const HIGH_BYTES = 32 * 1024;

/** Bytes that a connection may be sent. One kind is for clients that acknowledge, another for those that do not. */
export interface Window {
  /** Bytes that may be sent in a lane now; at most 0 while it must wait. While above 0, one frame may exceed them. */
  room(lane: Priority): number;
  /** Largest frame of a lane that may exceed its room. */
  largestFrame(lane: Priority): number;
  /** Counts a slice as in flight. */
  wrote(lane: Lane, slice: Slice, now: number): void;
  /** Whether the entry, or a later one of its lane, is in flight; the connection may have left the channel. */
  isInFlight(place: Place): boolean;
  /** Bytes that were sent and not acknowledged, or that still wait for the socket. */
  readonly bytesInFlight: number;
  /** Entries that wait for an acknowledgement; none if the client does not acknowledge. */
  readonly inFlight: readonly Stretch[];
  /**
   * Removes the entries of a lane up to a place from what is in flight. The connection may have left the channel.
   * @returns the entries that were in flight until now
   */
  acknowledge(place: Place): readonly Stretch[];
  /** Adapts the window, after all lanes of an acknowledgement. @returns new terms for the client, if they change */
  settle(moment: Moment): CreditFrame | undefined;
}

/** Consecutive entries of one segment. It does not refer to their lane, since the channel may have been left. */
interface InFlight {
  readonly channel: string;
  readonly priority: Priority;
  readonly ends: FrameEnds;
  from: number;
  to: number;
}

/** Shared by all idle windows. */
const NOTHING: readonly InFlight[] = [];

/** Window of a client that acknowledges. */
export class AckWindow implements Window {
  readonly #adaptive: AdaptiveWindow;
  /** Entries in flight. Those in one segment are one piece, so most writes add none. */
  #sent: readonly InFlight[] = NOTHING;
  #highBytes = 0;
  #mediumLowBytes = 0;
  /** Bytes of medium and low that were acknowledged since the last `settle`. */
  #acknowledgedBytes = 0;

  /** @param roundTripMs upper bound of the round trip to the client */
  constructor(roundTripMs: number) {
    this.#adaptive = new AdaptiveWindow(roundTripMs);
  }

  get bytesInFlight(): number {
    return this.#highBytes + this.#mediumLowBytes;
  }

  get ackEvery(): AckEvery {
    return this.#adaptive.ackEvery;
  }

  tookRoundTrip(ms: number): void {
    this.#adaptive.tookRoundTrip(ms);
  }

  room(lane: Priority): number {
    const left = lane === 'high' ? HIGH_BYTES - this.#highBytes : this.#adaptive.allowedBytes - this.#mediumLowBytes;
    return Math.min(left, WINDOW_BYTES - this.bytesInFlight);
  }

  /**
   * With nothing in flight, a frame of any size may be sent; otherwise at most `WINDOW_BYTES` are in flight together.
   * Once the client owes an acknowledgement for medium and low, their frames may not exceed the room: on a slow line,
   * high would wait behind a large one.
   */
  largestFrame(lane: Priority): number {
    if (this.bytesInFlight === 0) return Infinity;
    const mayExceed = lane === 'high' || this.#mediumLowBytes <= this.#adaptive.maybeNotDueBytes;
    return mayExceed ? WINDOW_BYTES - this.bytesInFlight : 0;
  }

  wrote({ channel, priority }: Lane, { ends, from, to }: Slice, now: number): void {
    // After a channel was left and joined again, the new entries do not follow on the old ones.
    const piece = this.#sent.find((each) => each.ends === ends && each.to + 1 === from);
    if (piece === undefined) this.#sent = [...this.#sent, { channel, priority, ends, from, to }];
    else piece.to = to;
    this.#count(priority, ends.between(from, to));
    if (priority !== 'high') this.#adaptive.wrote(this.#mediumLowBytes, now);
  }

  isInFlight(place: Place): boolean {
    return this.#sent.some((piece) => isOf(place, piece) && place.offset <= piece.to);
  }

  get inFlight(): readonly Stretch[] {
    return this.#sent.map(({ channel, priority: lane, from, to }) => ({ channel, lane, from, to }));
  }

  acknowledge(place: Place): readonly Stretch[] {
    const { channel, lane } = place;
    const taken: Stretch[] = [];
    let bytes = 0;
    for (const piece of this.#sent) {
      if (!isOf(place, piece) || place.offset < piece.from) continue;
      const { from } = piece;
      bytes += takeUpTo(place.offset, piece);
      taken.push({ channel, lane, from, to: piece.from - 1 });
    }
    if (this.#sent.some(isEmpty))
      this.#sent = this.#sent.length > 1 ? this.#sent.filter((piece) => !isEmpty(piece)) : NOTHING;
    this.#count(place.lane, -bytes);
    if (place.lane !== 'high') this.#acknowledgedBytes += bytes;
    return taken;
  }

  settle(moment: Moment): CreditFrame | undefined {
    const bytes = this.#acknowledgedBytes;
    this.#acknowledgedBytes = 0;
    if (bytes === 0 || !this.#adaptive.acknowledged(bytes, this.#mediumLowBytes, moment)) return undefined;
    return { event: 'credit', data: { ackEvery: this.ackEvery } };
  }

  #count(lane: Priority, bytes: number): void {
    if (lane === 'high') this.#highBytes += bytes;
    else this.#mediumLowBytes += bytes;
  }
}

function isOf({ channel, lane }: Place, piece: InFlight): boolean {
  return piece.priority === lane && piece.channel === channel;
}

/** Removes the entries up to an offset, which is one of the piece or a later one. @returns their bytes */
function takeUpTo(offset: number, piece: InFlight): number {
  const { ends, from } = piece;
  const to = Math.min(offset, piece.to);
  piece.from = to + 1;
  return ends.between(from, to);
}

function isEmpty({ from, to }: InFlight): boolean {
  return from > to;
}
