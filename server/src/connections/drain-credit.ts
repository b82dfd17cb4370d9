import type { Writable } from 'node:stream';
import type { Credit } from '../delivery/credit.js';
import type { Lane } from '../delivery/lane.js';
import type { Slice } from '../delivery/segment.js';

/** Bytes written ahead to a watcher, plus one frame. The kernel's buffers come on top, so `herald.v1` acknowledges. */
const WRITE_AHEAD_BYTES = 64 * 1024;

const NOTHING = [] as const;

/** Credit of a connection that does not acknowledge: it is renewed whenever the socket drains. */
export class DrainCredit implements Credit {
  /** Bytes spent in this turn of the event loop, which the socket may not have yet. */
  #takenBytes = 0;

  /** @param onRoom called when there may be room again */
  constructor(
    private readonly socket: Pick<Writable, 'on' | 'writableHighWaterMark' | 'writableLength' | 'writableNeedDrain'>,
    private readonly onRoom: () => void,
  ) {
    socket.on('drain', onRoom);
  }

  available(): number {
    return this.socket.writableNeedDrain ? 0 : WRITE_AHEAD_BYTES - this.#waitingBytes;
  }

  /** Any frame may exceed what is available: it fills the socket, so a drain event follows. */
  get largestFrame(): number {
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

  /** No acknowledgement is needed, and none is a fault. */
  acknowledge(): readonly [] {
    return NOTHING;
  }

  settle(): undefined {
    return undefined;
  }

  get #waitingBytes(): number {
    return this.socket.writableLength + this.#takenBytes;
  }

  /** The bytes of the turn have been written: from here on the socket counts them. */
  #handedOver(): void {
    this.#takenBytes = 0;
    // A socket that was not full emits no `drain`.
    if (!this.socket.writableNeedDrain) this.onRoom();
  }
}
