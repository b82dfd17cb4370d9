import { TokenBucket } from '../timing/token-bucket.js';

/** Frames that a client may send at once after a pause. */
const BURST = 1000;
const PER_SECOND = 50;
/**
 * Bytes sent to the client that allow one more frame. No notification is smaller, so each can be acknowledged alone.
 */
const BYTES_FOR_ONE = 128;
/**
 * A larger frame counts as several, since it takes longer to read. The acknowledgement of one notification is smaller.
 */
const FRAME_BYTES = 256;

/** Limits a client's frames. The allowance grows with time, and with bytes sent, which the client must acknowledge. */
export class FrameAllowance {
  readonly #bucket: TokenBucket;

  /** @param now in milliseconds */
  constructor(now: number) {
    this.#bucket = new TokenBucket(BURST, PER_SECOND, now);
  }

  /** Allows more frames for bytes sent to the client. */
  earn(bytes: number): void {
    this.#bucket.add(bytes / BYTES_FOR_ONE);
  }

  /**
   * Counts a frame that arrived.
   * @returns false when the client sends too much
   */
  take(now: number, bytes: number): boolean {
    return this.#bucket.take(now, Math.max(1, Math.ceil(bytes / FRAME_BYTES)));
  }
}
