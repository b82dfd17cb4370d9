import type { RetryBounds, ServerFrame } from '@herald/protocol';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Principal } from '../auth/principal.js';
import {
  type Close,
  STOPPING,
  TOO_MANY_FAULTS,
  TOO_MANY_FRAMES,
  UNREAD_ANSWERS,
  UNREAD_ENTRIES,
} from '../connections/closes.js';
import type { Connection, SweepPass } from '../connections/connection.js';
import { failConnection } from '../connections/fail-connection.js';
import type { Subscription } from '../delivery/connection/subscription.js';
import { FrameAllowance } from './frame-allowance.js';
import type { FrameError } from './frame-error.js';
import { tendSocket } from './liveness.js';

/** Bytes that may wait for a client that sends or acknowledges but does not read. */
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Faulty frames that are answered; one more closes the connection. */
const MAX_FAULTS = 20;
/** Bounds of the clients' backoff. */
export const RETRY: RetryBounds = { minMs: 500, maxMs: 30_000 };

const SETTLED = Promise.resolve();

/**
 * Refers to its connection, so that all sockets share their listeners: closures would cost 180 bytes per connection.
 */
export class HeraldSocket extends WebSocket {
  connection: SocketConnection | undefined;
}

/** One admitted WebSocket and its state. */
export class SocketConnection implements Connection {
  readonly id = randomUUID();
  readonly connectedAt = Date.now();
  /** Milliseconds on the monotonic clock, like the next two. */
  openedAt = performance.now();
  /** Last sign of life. */
  lastSeenAt = this.openedAt;
  lastPingAt = this.openedAt;
  /** True once the greeting has begun: after the hello of the client, or at once for a plain client. */
  isGreeted = false;
  /** True once the client was warned that its token expires soon. */
  isToldOfExpiry = false;
  subscription: Subscription | undefined;
  closedBy: Close | undefined;
  following: Promise<void> = SETTLED;
  readonly #allowance = new FrameAllowance(this.openedAt);
  /** Bytes written since the client's last frame. Counted here, since each write touches this memory anyway. */
  #writtenBytes = 0;
  #faults = 0;

  /** @param stream the raw stream of the upgrade, to which `socket` writes */
  constructor(
    readonly socket: HeraldSocket,
    readonly stream: Duplex,
    public principal: Principal,
    /** Address of the client. */
    readonly address: string,
  ) {
    socket.connection = this;
  }

  get transport(): 'websocket' {
    return 'websocket';
  }

  /** Continues with a fresh token of the same user. */
  renew(principal: Principal): void {
    this.principal = principal;
    this.isToldOfExpiry = false;
  }

  /** Whether the client negotiated `herald.v1`; any other is a plain client. */
  get speaksHerald(): boolean {
    return this.socket.protocol !== '';
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Bypasses ws, since these bytes are frames already. This is safe, because ws writes whole frames too. */
  write(frames: readonly Buffer[]): void {
    if (!this.isOpen) return;
    if (frames.length > 1) this.stream.cork();
    for (const frame of frames) {
      this.stream.write(frame);
      this.#writtenBytes += frame.length;
    }
    if (frames.length > 1) this.stream.uncork();
    if (this.stream.writableLength > MAX_BUFFERED_BYTES) this.close(UNREAD_ENTRIES);
  }

  /**
   * Counts a frame from the client, which is a sign of life.
   * @param now on the monotonic clock
   * @param bytes of the frame
   * @returns false if the frame must be ignored: the client sends too much, or the connection is closing
   */
  hear(now: number, bytes: number): boolean {
    if (!this.isOpen) return false;
    this.lastSeenAt = now;
    this.#allowance.earn(this.#writtenBytes);
    this.#writtenBytes = 0;
    const isWithin = this.#allowance.take(now, bytes);
    if (!isWithin) this.close(TOO_MANY_FRAMES);
    return isWithin;
  }

  tend(pass: SweepPass): void {
    tendSocket(this, pass);
  }

  send(frame: ServerFrame): void {
    if (this.#hasRoomForAnswer()) this.socket.send(JSON.stringify(frame));
  }

  /** Answers a ping. */
  pong(data: Buffer): void {
    if (this.#hasRoomForAnswer()) this.socket.pong(data);
  }

  /** Answers a frame that was not accepted, and closes the connection if there are too many. */
  reject({ answer }: FrameError): void {
    this.#faults += 1;
    this.send({ event: 'error', data: answer });
    if (this.#faults > MAX_FAULTS) this.close(TOO_MANY_FAULTS);
  }

  fail(error: unknown): void {
    failConnection(this, error);
  }

  drain(): void {
    this.send({ event: 'bye', data: { reason: 'The server is stopping', retry: RETRY } });
    this.close(STOPPING);
  }

  close(close: Close): void {
    this.closedBy ??= close;
    this.socket.close(close.code, close.reason);
  }

  /** Closes the connection if the client does not read its answers. */
  #hasRoomForAnswer(): boolean {
    if (!this.isOpen) return false;
    const hasRoom = this.stream.writableLength <= MAX_BUFFERED_BYTES;
    if (!hasRoom) this.close(UNREAD_ANSWERS);
    return hasRoom;
  }
}
