import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Dialect } from './dialect.js';
import { laneOf, type LoadLane } from './draft.js';
import { FrameScanner, type FrameListener } from './frame-scanner.js';
import { maskedFrame, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG, OPCODE_TEXT } from './masked-frame.js';

/** All clients share one read buffer, so that counting allocates nothing. */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024);
/** A slow line delivers one packet at a time. */
const PACKET_BYTES = 1460;
/** Every notification is longer than this, and every other frame of the protocols is shorter. */
const SHORTEST_DELIVERY_BYTES = 100;
const NONE = Buffer.alloc(0);

/** Listens to the frames of a client. */
export interface LoadListener {
  /** @param index of the delivery in its lane, from 0 @param at time of receipt, by `performance.now()` */
  onDelivery(client: LoadClient, lane: LoadLane, index: number, at: number): void;
  onReady(client: LoadClient): void;
  onLive(client: LoadClient): void;
  onLost(client: LoadClient, reason: string): void;
}

/** Deliveries received in one lane. */
interface Received {
  /** Offset of the last entry before the first delivery. */
  base: number;
  received: number;
}

/** A WebSocket client on a bare socket. To cost little, it finds and counts frames by their headers. */
export class LoadClient implements FrameListener {
  readonly high: Received = { base: 0, received: 0 };
  readonly low: Received = { base: 0, received: 0 };
  unacknowledged = 0;
  unacknowledgedBytes = 0;
  /** Whether deliveries may arrive. */
  isReady = false;
  readonly socket: Socket;
  readonly #scanner = new FrameScanner(this);
  #head = NONE;
  #isUpgraded = false;
  #isDropped = false;
  #readAt = 0;

  /** @param bytesPerSecond bandwidth of the client's line; unlimited by default */
  constructor(
    port: number,
    private readonly dialect: Dialect,
    private readonly listener: LoadListener,
    private readonly bytesPerSecond = Infinity,
  ) {
    const buffer = bytesPerSecond === Infinity ? READ_BUFFER : Buffer.allocUnsafeSlow(PACKET_BYTES);
    const onread = { buffer, callback: (bytes: number) => this.#arrived(buffer.subarray(0, bytes)) };
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, () =>
      this.socket.write(upgradeRequest(port, dialect)),
    );
    this.socket.on('error', (error) => this.#lost(error.message));
    this.socket.on('close', () => this.#lost('closed by the server'));
  }

  send(text: string): void {
    this.socket.write(maskedFrame(OPCODE_TEXT, Buffer.from(text)));
  }

  ready(): void {
    this.isReady = true;
    this.listener.onReady(this);
  }

  live(): void {
    this.listener.onLive(this);
  }

  acknowledged(): void {
    this.unacknowledged = 0;
    this.unacknowledgedBytes = 0;
  }

  /** Stops reading, and keeps the connection open. */
  stall(): void {
    this.socket.pause();
  }

  /** Cuts the connection without a close frame. */
  drop(): void {
    this.#isDropped = true;
    this.socket.destroy();
  }

  frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === OPCODE_TEXT && this.isReady && end - start >= SHORTEST_DELIVERY_BYTES) this.#count(end - start);
    else if (opcode === OPCODE_TEXT) this.dialect.text(this, bytes.toString('utf8', start, end));
    else if (opcode === OPCODE_PING) this.socket.write(maskedFrame(OPCODE_PONG, bytes.subarray(start, end)));
    else if (opcode === OPCODE_CLOSE) this.#lost(`close frame ${end - start >= 2 ? bytes.readUInt16BE(start) : ''}`);
  }

  #count(bytes: number): void {
    const lane = laneOf(bytes);
    const index = this[lane].received++;
    this.unacknowledged += 1;
    this.unacknowledgedBytes += bytes;
    this.listener.onDelivery(this, lane, index, this.#readAt);
  }

  /** @returns whether to continue reading at once */
  #arrived(chunk: Buffer): boolean {
    if (this.bytesPerSecond === Infinity) {
      this.#read(chunk);
      return true;
    }
    // The simulated line needs this long for the chunk; only then does the client process and acknowledge it.
    const onLine = (): void => {
      this.#read(chunk);
      this.socket.resume();
    };
    setTimeout(onLine, (chunk.length / this.bytesPerSecond) * 1000);
    return false;
  }

  #read(chunk: Buffer): void {
    this.#readAt = performance.now();
    if (this.#isUpgraded) this.#scanner.scan(chunk);
    else this.#readHead(chunk);
    this.dialect.read(this);
  }

  #readHead(chunk: Buffer): void {
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [status = ''] = this.#head.toString('latin1', 0, end).split('\r\n', 1);
    if (!status.startsWith('HTTP/1.1 101')) {
      this.#lost(status);
      return;
    }
    const rest = this.#head.subarray(end + 4);
    this.#isUpgraded = true;
    this.#head = NONE;
    this.dialect.upgraded(this);
    if (rest.length > 0) this.#scanner.scan(rest);
  }

  #lost(reason: string): void {
    if (this.#isDropped) return;
    this.drop();
    this.listener.onLost(this, reason);
  }
}

function upgradeRequest(port: number, { path, headers }: Dialect): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
