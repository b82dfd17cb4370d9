import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { CLOSE_MALFORMED, CLOSE_TOO_SLOW } from '../../../protocol/close-codes.js';
import type { ErrorCode, ServerFrame } from '../../../protocol/frames.js';
import type { Principal } from '../auth/principal.js';

/** Bytes that may wait for a client that does not read. Beyond it, the client is closed and comes back by itself. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Faulty frames that are answered; one more closes the connection. */
const MAX_FAULTS = 20;

/** One admitted WebSocket and what is known of it. */
export class Connection {
  readonly id = randomUUID();
  readonly openedAt = Date.now();
  /** Last sign of life, in milliseconds since 1970. */
  lastSeenAt = this.openedAt;
  lastPingAt = this.openedAt;
  #faults = 0;
  #detach?: () => void;

  constructor(
    readonly socket: WebSocket,
    readonly principal: Principal,
  ) {}

  /** Whether the client negotiated `herald.v1`; one that did not only watches. */
  get speaksHerald(): boolean {
    return this.socket.protocol !== '';
  }

  /** Whether it receives what is stored. */
  get isLive(): boolean {
    return this.#detach !== undefined;
  }

  /** @param detach ends its subscription, once it closes */
  goLive(detach: () => void): void {
    this.#detach = detach;
  }

  /** Ends the subscription; harmless when there is none. */
  leave(): void {
    this.#detach?.();
    this.#detach = undefined;
  }

  send(frame: ServerFrame): void {
    this.deliver(Buffer.from(JSON.stringify(frame)));
  }

  /** Sends an encoded frame; never throws. */
  deliver(frame: Buffer): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.close(CLOSE_TOO_SLOW, 'reads too slowly');
      return;
    }
    this.socket.send(frame, { binary: false });
  }

  /** Answers a frame that was not understood, and hangs up on a client that keeps sending them. */
  reject(code: ErrorCode, message: string): void {
    this.#faults += 1;
    this.send({ event: 'error', data: { code, message } });
    if (this.#faults > MAX_FAULTS) this.close(CLOSE_MALFORMED, 'too many faulty frames');
  }

  /** Closes for a reason that the client can act on; see `protocol/close-codes.ts`. */
  close(code: number, reason: string): void {
    this.leave();
    this.socket.close(code, reason);
  }
}
