import type { AckEvery, CreditFrame } from '../../../../protocol/frames.js';
import type { Priority } from '../../../../protocol/notification.js';
import type { Place, Stretch } from '../../repository/notification-repository.js';
import type { Lane } from '../log/lane.js';
import { type Moment, OrdinaryShare } from './adaptive-window.js';
import type { FrameEnds, Slice } from '../log/segment.js';

/** Bytes that a client may leave unacknowledged. */
export const CREDIT_BYTES = 64 * 1024;
/** Part of them that high may use: a frame of 32 KB still fits beside a client's unread high ones. */
const HIGH_CREDIT_BYTES = 32 * 1024;

/** How much a connection may be sent now. Two kinds exist: for clients that acknowledge, and for those that don't. */
export interface Credit {
  /** Bytes that may be sent in a lane now; at most 0 while it must wait. One frame may exceed them. */
  available(lane: Priority): number;
  /** Largest frame that may exceed what is available. */
  readonly largestFrame: number;
  /** A slice of that lane is written. */
  spend(lane: Lane, slice: Slice, now: number): void;
  /** Whether that place is among what was sent and not all acknowledged: so it is known of a channel that was left, too. */
  hasInFlight(place: Place): boolean;
  /** Bytes that were sent and not acknowledged, or that still wait for the socket. */
  readonly bytesInFlight: number;
  /** All entries that were sent and not acknowledged. */
  readonly inFlight: readonly Stretch[];
  /**
   * The client has processed a lane of a channel up to that place. It may have left the channel since.
   * @returns the newly acknowledged entries: sent on this connection, and not acknowledged before
   */
  acknowledge(place: Place): readonly Stretch[];
  /** That was all of one acknowledgement. @returns new terms, if the client is to be told of any */
  settle(moment: Moment): CreditFrame | undefined;
}

/** Consecutive entries of one segment. It names their lane, and doesn't keep it: its channel may have been left. */
interface InFlight {
  readonly channel: string;
  readonly priority: Priority;
  readonly ends: FrameEnds;
  from: number;
  to: number;
}

/** For all that are idle. */
const NOTHING: readonly InFlight[] = [];

/** Bounds what is on its way to a client that acknowledges. */
export class AckCredit implements Credit {
  readonly #share: OrdinaryShare;
  /** What is in flight. It is one piece for as long as it lies in one segment, and so costs nothing for each write. */
  #sent: readonly InFlight[] = NOTHING;
  #highBytes = 0;
  #ordinaryBytes = 0;
  /** Of medium and low, since the last `settle`. */
  #acknowledgedBytes = 0;

  /** @param roundTripMs of a few bytes to the client and back, at most */
  constructor(roundTripMs: number) {
    this.#share = new OrdinaryShare(roundTripMs);
  }

  get bytesInFlight(): number {
    return this.#highBytes + this.#ordinaryBytes;
  }

  /** When the client is to acknowledge. */
  get ackEvery(): AckEvery {
    return this.#share.ackEvery;
  }

  tookRoundTrip(ms: number): void {
    this.#share.tookRoundTrip(ms);
  }

  available(lane: Priority): number {
    const left = lane === 'high' ? HIGH_CREDIT_BYTES - this.#highBytes : this.#share.allowedBytes - this.#ordinaryBytes;
    return Math.min(left, CREDIT_BYTES - this.bytesInFlight);
  }

  /** With nothing in flight, a frame of any size may be sent. Otherwise all of it together has at most `CREDIT_BYTES`. */
  get largestFrame(): number {
    return this.bytesInFlight === 0 ? Infinity : CREDIT_BYTES - this.bytesInFlight;
  }

  spend({ channel, priority }: Lane, { ends, from, to }: Slice, now: number): void {
    // Of a channel that was left and joined again, something between was not sent.
    const piece = this.#sent.find((each) => each.ends === ends && each.to + 1 === from);
    if (piece === undefined) this.#sent = [...this.#sent, { channel, priority, ends, from, to }];
    else piece.to = to;
    this.#count(priority, ends.between(from, to));
    if (priority !== 'high') this.#share.wrote(this.#ordinaryBytes, now);
  }

  hasInFlight(place: Place): boolean {
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
    if (bytes === 0 || !this.#share.acknowledged(bytes, this.#ordinaryBytes, moment)) return undefined;
    return { event: 'credit', data: { ackEvery: this.ackEvery } };
  }

  #count(lane: Priority, bytes: number): void {
    if (lane === 'high') this.#highBytes += bytes;
    else this.#ordinaryBytes += bytes;
  }
}

function isOf({ channel, lane }: Place, piece: InFlight): boolean {
  return piece.priority === lane && piece.channel === channel;
}

/** @returns how many bytes they were */
function takeUpTo(offset: number, piece: InFlight): number {
  const { ends, from } = piece;
  const to = Math.min(offset, piece.to);
  if (to < from) return 0;
  piece.from = to + 1;
  return ends.between(from, to);
}

function isEmpty({ from, to }: InFlight): boolean {
  return from > to;
}
