import type { Writable } from 'node:stream';
import type { Credit } from '../delivery/credit.js';
import type { Lane } from '../delivery/lane.js';
import type { Slice } from '../delivery/segment.js';

/** Written ahead to a watcher, and one frame beyond; the kernel's buffers come on top, which is why `herald.v1` acknowledges. */
const WRITE_AHEAD_BYTES = 64 * 1024;

const NOTHING = [] as const;

/** For a connection that does not acknowledge: it may be sent more whenever its socket has drained. */
export class DrainCredit implements Credit {
  /** Taken in this turn of the event loop; the socket may not have been handed it yet. */
  #takenBytes = 0;

  /** @param onRoom told when there may be room again */
  constructor(
    private readonly socket: Pick<Writable, 'on' | 'writableHighWaterMark' | 'writableLength' | 'writableNeedDrain'>,
    private readonly onRoom: () => void,
  ) {
    socket.on('drain', onRoom);
  }

  available(): number {
    return this.socket.writableNeedDrain ? 0 : WRITE_AHEAD_BYTES - this.#waitingBytes;
  }

  /** It waits only when the socket is bound to say that it has drained, which it says only after it was full. */
  availableForOne(): number {
    const { writableNeedDrain, writableHighWaterMark } = this.socket;
    return writableNeedDrain || this.#waitingBytes >= writableHighWaterMark ? 0 : Infinity;
  }

  availableAfterOrdinary(): number {
    return Infinity;
  }

  spend(_: Lane, { bytes }: Slice): void {
    if (this.#takenBytes === 0) queueMicrotask(() => this.#handedOver());
    this.#takenBytes += bytes.length;
  }

  get inFlight(): readonly [] {
    return NOTHING;
  }

  hasInFlight(): boolean {
    return false;
  }

  /** Nothing needs an acknowledgement, and sending one is no fault. */
  acknowledge(): readonly [] {
    return NOTHING;
  }

  settle(): undefined {
    return undefined;
  }

  get #waitingBytes(): number {
    return this.socket.writableLength + this.#takenBytes;
  }

  /** What was taken has been written: from here on the socket counts it. */
  #handedOver(): void {
    this.#takenBytes = 0;
    // Where little waits, no `drain` will follow.
    if (!this.socket.writableNeedDrain) this.onRoom();
  }
}
