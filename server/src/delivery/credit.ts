import type { CreditFrame } from '../../../protocol/frames.js';
import type { Priority } from '../../../protocol/notification.js';
import type { Place } from '../repository/notification-repository.js';
import type { Lane } from './lane.js';
import { type Moment, OrdinaryShare } from './ordinary-share.js';
import type { Run, Slice } from './segment.js';

/** Bytes that a client may leave unacknowledged. */
export const CREDIT_BYTES = 64 * 1024;
/** Of it high may have so much, so that it doesn't starve the others; `OrdinaryShare` says what these may have. */
const HIGH_CREDIT_BYTES = 48 * 1024;

/** How much a connection may be sent now. Two kinds exist: for clients that acknowledge, and for those that don't. */
export interface Credit {
  /** Bytes that may be written in a lane; 0 or less while it must wait. */
  available(lane: Priority): number;
  /** Bytes of one frame that may be written although it exceeds what is available: so that it doesn't wait for ever. */
  availableForOne(lane: Priority): number;
  /** A slice of that lane is written. */
  spend(lane: Lane, slice: Slice, now: number): void;
  /**
   * The client has processed a lane of a channel up to that place. It may have left the channel since.
   * @returns new terms, if the client is to be told of any
   */
  acknowledge(place: Place, moment: Moment): CreditFrame | undefined;
}

interface InFlight {
  readonly lane: Lane;
  readonly runs: Run[];
}

/** For all that are idle. */
const NOTHING: readonly InFlight[] = [];

/** Bounds what is on its way to a client that acknowledges. High has a share of its own, so neither starves the other. */
export class AckCredit implements Credit {
  readonly #share: OrdinaryShare;
  /** What is in flight, oldest first; a line for each lane that has something. */
  #sent: readonly InFlight[] = NOTHING;
  #highBytes = 0;
  #ordinaryBytes = 0;

  /** @param roundTripMs of a few bytes to the client and back */
  constructor(roundTripMs: number) {
    this.#share = new OrdinaryShare(roundTripMs);
  }

  get bytesInFlight(): number {
    return this.#highBytes + this.#ordinaryBytes;
  }

  /** When the client is to acknowledge. */
  get ackEvery(): CreditFrame['data']['ackEvery'] {
    return this.#share.ackEvery;
  }

  available(lane: Priority): number {
    const left = lane === 'high' ? HIGH_CREDIT_BYTES - this.#highBytes : this.#share.bytes - this.#ordinaryBytes;
    return Math.min(left, CREDIT_BYTES - this.bytesInFlight);
  }

  availableForOne(lane: Priority): number {
    const inFlight = lane === 'high' ? this.#highBytes : this.#ordinaryBytes;
    return inFlight <= this.#share.maybeNotDueBytes ? CREDIT_BYTES - this.bytesInFlight : 0;
  }

  spend(lane: Lane, slice: Slice, now: number): void {
    const line = this.#sent.find((each) => each.lane === lane);
    if (line === undefined) this.#sent = [...this.#sent, { lane, runs: [...slice.runs] }];
    else line.runs.push(...slice.runs);
    this.#count(lane.priority, slice.bytes.length);
    if (lane.priority !== 'high') this.#share.wrote(this.#ordinaryBytes, now);
  }

  acknowledge({ channel, lane, offset }: Place, moment: Moment): CreditFrame | undefined {
    let bytes = 0;
    for (const line of this.#sent) {
      if (line.lane.channel === channel && line.lane.priority === lane) bytes += dropUpTo(offset, line.runs);
    }
    this.#count(lane, -bytes);
    if (this.bytesInFlight === 0) this.#sent = NOTHING;
    if (lane === 'high' || !this.#share.acknowledged(bytes, moment)) return undefined;
    return { event: 'credit', data: { ackEvery: this.ackEvery } };
  }

  #count(lane: Priority, bytes: number): void {
    if (lane === 'high') this.#highBytes += bytes;
    else this.#ordinaryBytes += bytes;
  }
}

/** @returns how many bytes they were */
function dropUpTo(offset: number, runs: Run[]): number {
  let bytes = 0;
  let done = 0;
  for (const run of runs) {
    if (run.to > offset) break;
    bytes += run.bytes;
    done += 1;
  }
  runs.splice(0, done);
  return bytes;
}
