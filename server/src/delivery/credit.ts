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
  /** What is in flight, oldest first, by channel and lane: an ack may name a thousand that have nothing. None while idle. */
  #sent: Map<string, Run[]> | undefined;
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

  spend({ channel, priority }: Lane, slice: Slice): void {
    const key = `${channel} ${priority}`;
    this.#sent ??= new Map();
    const runs = this.#sent.get(key) ?? [];
    this.#sent.set(key, runs);
    for (const run of slice.runs) {
      runs.push(run);
      this.#count(priority, run.bytes);
    }
  }

  acknowledge(channel: string, lane: Priority, offset: number): void {
    const key = `${channel} ${lane}`;
    const runs = this.#sent?.get(key);
    if (runs === undefined) return;
    const done = runs.filter(({ to }) => to <= offset);
    for (const { bytes } of done) this.#count(lane, -bytes);
    if (done.length < runs.length) runs.splice(0, done.length);
    else this.#sent?.delete(key);
    if (this.bytesInFlight === 0) this.#sent = undefined;
  }

  #count(lane: Priority, bytes: number): void {
    if (lane === 'high') this.#highBytes += bytes;
    else this.#ordinaryBytes += bytes;
  }
}
