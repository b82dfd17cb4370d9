import type { MessageMappingProperties } from '@nestjs/websockets';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { CLOSE_MALFORMED, CLOSE_TOO_MUCH, CLOSE_TOO_SLOW } from '../../../protocol/close-codes.js';
import type { ErrorCode, ServerFrame } from '../../../protocol/frames.js';
import type { Principal } from '../auth/principal.js';
import type { Sink, Subscription } from '../delivery/subscription.js';
import { FrameAllowance } from './frame-allowance.js';
import type { Member } from './memberships.js';

/** Bytes that may wait for a client that sends, or acknowledges, but does not read. */
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Faulty frames that are answered; one more closes the connection. */
const MAX_FAULTS = 20;
/** Internal error (RFC 6455, section 7.4.1): the client reconnects later. */
const CLOSE_INTERNAL = 1011;

const SETTLED = Promise.resolve();

/** One admitted WebSocket and its state. */
export class Connection implements Sink, Member {
  readonly id = randomUUID();
  /** On the monotonic clock, like the next two: milliseconds since this process began. */
  openedAt = performance.now();
  /** Last sign of life. */
  lastSeenAt = this.openedAt;
  lastPingAt = this.openedAt;
  /** True once the client has said hello, or if it need not. */
  isGreeted = false;
  /** True once the client was warned that its token expires soon. */
  isToldOfExpiry = false;
  /** Nest's message handlers for this socket. */
  handlers: readonly MessageMappingProperties[] = [];
  subscription: Subscription | undefined;
  following: Promise<void> = SETTLED;
  readonly #allowance = new FrameAllowance(this.openedAt);
  /** Bytes written since the client's last frame. Counted here, in memory that each write touches anyway. */
  #writtenBytes = 0;
  #faults = 0;

  /** @param stream the raw stream of the upgrade, under `socket` */
  constructor(
    readonly socket: WebSocket,
    readonly stream: Duplex,
    public principal: Principal,
  ) {}

  /** Continues with a fresh token of the same user. */
  renew(principal: Principal): void {
    this.principal = principal;
    this.isToldOfExpiry = false;
  }

  /** Whether the client negotiated `herald.v1`; any other client only watches. */
  get speaksHerald(): boolean {
    return this.socket.protocol !== '';
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Bypasses ws, which would frame the frames again. This is safe, since ws's own writes are whole frames too. */
  write(frames: readonly Buffer[]): void {
    if (!this.isOpen) return;
    if (frames.length > 1) this.stream.cork();
    for (const frame of frames) {
      this.stream.write(frame);
      this.#writtenBytes += frame.length;
    }
    if (frames.length > 1) this.stream.uncork();
    if (this.stream.writableLength > MAX_BUFFERED_BYTES) this.close(CLOSE_TOO_SLOW, 'acknowledges but does not read');
  }

  /**
   * Registers a frame from the client.
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
    if (!isWithin) this.close(CLOSE_TOO_MUCH, 'too many frames');
    return isWithin;
  }

  /** Discounts the time of a suspend, in which the process could receive nothing. */
  excuse(ms: number, now: number): void {
    this.openedAt = Math.min(this.openedAt + ms, now);
    this.lastSeenAt = Math.min(this.lastSeenAt + ms, now);
    this.lastPingAt = Math.min(this.lastPingAt + ms, now);
  }

  fail(): void {
    this.close(CLOSE_INTERNAL, 'what was missed can not be read now');
  }

  send(frame: ServerFrame): void {
    if (this.#hasRoomForAnswer()) this.socket.send(JSON.stringify(frame));
  }

  /** Answers a ping. */
  pong(data: Buffer): void {
    if (this.#hasRoomForAnswer()) this.socket.pong(data);
  }

  /** Answers a frame that was not understood, and hangs up on a client that keeps sending such frames. */
  reject(code: ErrorCode, message: string): void {
    this.#faults += 1;
    this.send({ event: 'error', data: { code, message } });
    if (this.#faults > MAX_FAULTS) this.close(CLOSE_MALFORMED, 'too many faulty frames');
  }

  /** Closes for a reason that the client can act on; see `protocol/close-codes.ts`. */
  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Closes the connection when it does not read its answers. */
  #hasRoomForAnswer(): boolean {
    if (!this.isOpen) return false;
    const hasRoom = this.stream.writableLength <= MAX_BUFFERED_BYTES;
    if (!hasRoom) this.close(CLOSE_TOO_SLOW, 'sends but does not read');
    return hasRoom;
  }
}
