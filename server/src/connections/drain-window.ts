import type { Writable } from 'node:stream';
import type { Window } from '../delivery/connection/window.js';
import type { Lane } from '../delivery/log/lane.js';
import type { Slice } from '../delivery/log/segment.js';

/**
 * Bytes that may wait in this process for a client that does not acknowledge; one entry may exceed them. The kernel's
 * buffers come on top.
 */
const WRITE_AHEAD_BYTES = 64 * 1024;
/** No frame of an entry is smaller. */
const FRAME_BYTES_MIN = 64;

const NOTHING = [] as const;

/** Window of a connection that does not acknowledge: there is room again whenever the socket drains. */
export class DrainWindow implements Window {
  /** Bytes taken in this turn of the event loop, which the socket may not have yet. */
  #takenBytes = 0;

  /**
   * @param addedBytes most bytes that the transport adds to the frame of one entry
   * @param onRoom called when there may be room again
   */
  constructor(
    private readonly socket: Pick<Writable, 'on' | 'writableLength' | 'writableNeedDrain'>,
    private readonly addedBytes: () => number,
    private readonly onRoom: () => void,
  ) {
    socket.on('drain', onRoom);
  }

  /**
   * Bytes of frames that fit. Each frame grows on its way, so the room is scaled down as if all frames were of the
   * smallest size. `wrote` counts the true growth, and delivery asks again in the same turn.
   */
  room(): number {
    if (this.socket.writableNeedDrain) return 0;
    const room = WRITE_AHEAD_BYTES - this.#waitingBytes;
    return Math.ceil((room * FRAME_BYTES_MIN) / (FRAME_BYTES_MIN + this.addedBytes()));
  }

  /** Any frame may exceed the room: it fills the socket, so a drain event follows. */
  largestFrame(): number {
    return Infinity;
  }

  wrote(_: Lane, { bytes, from, to }: Slice): void {
    if (this.#takenBytes === 0) queueMicrotask(() => this.#handedOver());
    this.#takenBytes += bytes.length + (to - from + 1) * this.addedBytes();
  }

  get bytesInFlight(): number {
    return this.#waitingBytes;
  }

  get inFlight(): readonly [] {
    return NOTHING;
  }

  isInFlight(): boolean {
    return false;
  }

  /** Does nothing: acknowledgements are not needed, but allowed. */
  acknowledge(): readonly [] {
    return NOTHING;
  }

  settle(): undefined {
    return undefined;
  }

  get #waitingBytes(): number {
    return this.socket.writableLength + this.#takenBytes;
  }

  /** The bytes of the turn have been written, so the socket counts them now. */
  #handedOver(): void {
    this.#takenBytes = 0;
    // A socket that was not full emits no `drain`.
    if (!this.socket.writableNeedDrain) this.onRoom();
  }
}
