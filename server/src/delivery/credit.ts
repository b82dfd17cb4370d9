import type { Priority } from '../../../protocol/notification.js';
import type { Lane } from './lane.js';
import { RUN_BYTES, type Run, type Slice } from './segment.js';

/** Bytes that a client may leave unacknowledged. */
export const CREDIT_BYTES = 64 * 1024;
/** The part of it for medium and low: at most this much can be ahead of a high one on the wire. */
export const ORDINARY_CREDIT_BYTES = 16 * 1024;
const HIGH_CREDIT_BYTES = CREDIT_BYTES - ORDINARY_CREDIT_BYTES;

/**
 * When a client acknowledges. Bytes: no more than half the smaller share, less one run, so that a connection
 * that waits for credit always has an acknowledgement due.
 */
export const ACK_EVERY = { messages: 32, bytes: ORDINARY_CREDIT_BYTES / 2 - RUN_BYTES };
/** With no more than this in flight, frame headers and a run that is partly acknowledged included, none may be due. */
const MAYBE_NOT_DUE_BYTES = ACK_EVERY.bytes + 2 * RUN_BYTES;

/** How much a connection may be sent now. Two kinds exist: for clients that acknowledge, and for those that don't. */
export interface Credit {
  /** Bytes that may be written in a lane; 0 or less while it must wait. */
  available(lane: Priority): number;
  /** Bytes of one frame that may be written although it exceeds what is available: so that it doesn't wait for ever. */
  availableForOne(lane: Priority): number;
  /** A slice of that lane was written. */
  spend(lane: Lane, slice: Slice): void;
  /** The client has processed that lane of that channel up to `offset`. It may have left the channel since. */
  acknowledge(channel: string, lane: Priority, offset: number): void;
}

/** Bounds what is on its way to a client that acknowledges. High has a share of its own, so neither starves the other. */
export class AckCredit implements Credit {
  /** What is in flight, oldest first; a line for each lane that has something. None while idle. */
  #sent: { lane: Lane; runs: Run[] }[] | undefined;
  #highBytes = 0;
  #ordinaryBytes = 0;

  get bytesInFlight(): number {
    return this.#highBytes + this.#ordinaryBytes;
  }

  available(lane: Priority): number {
    if (lane !== 'high') return ORDINARY_CREDIT_BYTES - this.#ordinaryBytes;
    // A large ordinary frame may have taken more than its share.
    return Math.min(HIGH_CREDIT_BYTES - this.#highBytes, CREDIT_BYTES - this.bytesInFlight);
  }

  availableForOne(lane: Priority): number {
    const inFlight = lane === 'high' ? this.#highBytes : this.#ordinaryBytes;
    return inFlight <= MAYBE_NOT_DUE_BYTES ? CREDIT_BYTES - this.bytesInFlight : 0;
  }

  spend(lane: Lane, slice: Slice): void {
    this.#sent ??= [];
    const line = this.#sent.find((each) => each.lane === lane);
    if (line === undefined) this.#sent.push({ lane, runs: [...slice.runs] });
    else line.runs.push(...slice.runs);
    this.#count(lane.priority, slice.bytes.length);
  }

  acknowledge(channel: string, priority: Priority, offset: number): void {
    if (this.#sent === undefined) return;
    for (const { lane, runs } of this.#sent) {
      if (lane.channel !== channel || lane.priority !== priority) continue;
      let done = 0;
      for (; done < runs.length && (runs[done] as Run).to <= offset; done++) this.#count(priority, -(runs[done] as Run).bytes);
      runs.splice(0, done);
    }
    if (this.bytesInFlight === 0) this.#sent = undefined;
  }

  #count(lane: Priority, bytes: number): void {
    if (lane === 'high') this.#highBytes += bytes;
    else this.#ordinaryBytes += bytes;
  }
}
