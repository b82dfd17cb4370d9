import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Principal } from '../auth/principal.js';
import { type Close, STOPPING, UNREAD_EVENTS } from '../connections/closes.js';
import type { Connection, SweepPass } from '../connections/connection.js';
import { failConnection } from '../connections/fail-connection.js';
import type { Subscription } from '../delivery/connection/subscription.js';
import { eventsIn, eventText } from './event-text.js';
import { POSITION_TEXT_MAX } from './position-text.js';
import type { StreamPosition } from './stream-position.js';

/** Bytes of an event's field names, line breaks and chunk header, minus those of the frame around its data. */
const EVENT_BYTES = 16;
/** Bounds of the random delay before a client reconnects (WHATWG HTML, section 9.2: `retry`). */
const RETRY = { minMs: 500, maxMs: 5000 };

/** One open response of `GET /api/notifications/stream`. */
export class EventStream implements Connection {
  readonly id = randomUUID();
  readonly transport = 'event-stream';
  readonly connectedAt = Date.now();
  subscription: Subscription | undefined;
  closedBy: Close | undefined;
  following: Promise<void> = Promise.resolve();
  /** Milliseconds on the monotonic clock. */
  lastSentAt = performance.now();
  /** Set once the stream is subscribed. */
  position: StreamPosition | undefined;

  constructor(
    public principal: Principal,
    private readonly response: ServerResponse,
  ) {}

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** Most bytes by which an event exceeds its frame. */
  get addedBytes(): number {
    return EVENT_BYTES + (this.position?.textMax ?? POSITION_TEXT_MAX);
  }

  /** Sends the first event. Its id is the position of the stream, so a client can resume even if no entry follows. */
  welcome(data: object): void {
    this.#send(
      `${retryLine()}${eventText({ name: 'welcome', line: JSON.stringify(data) }, this.position?.toString())}`,
    );
  }

  write(slices: readonly Buffer[]): void {
    let text = '';
    for (const event of slices.flatMap(eventsIn)) {
      this.position?.pass(event.data);
      text += eventText(event, this.position?.toString());
    }
    this.#send(text);
  }

  /** Sends a comment after a heartbeat without events, since proxies cut silent connections. */
  tend({ now, heartbeatMs }: SweepPass): void {
    if (now - this.lastSentAt < heartbeatMs) return;
    // If the client does not read, a comment would only add to the waiting bytes.
    if (!this.response.writableNeedDrain) this.#send(': heartbeat\n\n');
  }

  fail(error: unknown): void {
    failConnection(this, error);
  }

  drain(): void {
    this.close(STOPPING);
  }

  /** Cuts off a client that has read nothing for so long that the answer has timed out. */
  cut(): void {
    this.closedBy ??= UNREAD_EVENTS;
    this.response.destroy();
  }

  close(close: Close): void {
    if (!this.isOpen) return;
    this.closedBy = close;
    const { code, reason } = close;
    // A client that does not read would delay the close, and with it the stop of the server.
    const isStuck = this.response.writableNeedDrain;
    this.#send(`${retryLine()}${eventText({ name: 'bye', line: JSON.stringify({ code, reason }) })}`);
    if (isStuck) this.response.destroy();
    else this.response.end();
  }

  #send(text: string): void {
    if (!this.isOpen) return;
    this.lastSentAt = performance.now();
    // `writableLength` counts the characters of a string, and the bytes of a buffer.
    this.response.write(Buffer.from(text));
  }
}

/** A random delay for each client, so that reconnects after a restart are spread out. */
function retryLine(): string {
  return `retry: ${Math.round(RETRY.minMs + Math.random() * (RETRY.maxMs - RETRY.minMs))}\n`;
}
