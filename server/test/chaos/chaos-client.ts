import {
  type AckEvery,
  type Acknowledgement,
  type EntryFrame,
  isEntryFrame,
  laneOf,
  type ServerFrame,
} from '@herald/protocol';
import { WebSocket } from 'ws';
import { Ledger } from '../delivery-promise/ledger.js';

interface Wait {
  isOver: () => boolean;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** A client as in protocol/README.md: keeps positions, acknowledges when due, and resumes after every close. */
export class ChaosClient {
  readonly ledger: Ledger;
  connections = 0;
  /** Close code of the last connection that has ended. */
  closeCode: number | undefined;
  /** Whether the client reconnects as soon as a connection ends. */
  comesBack = true;
  acknowledges = true;
  #socket: WebSocket | undefined;
  #fault: Error | undefined;
  #waits: Wait[] = [];
  #ackEvery: AckEvery = { messages: Infinity, bytes: Infinity };
  #unacked: Acknowledgement = {};
  #unackedMessages = 0;
  #unackedBytes = 0;

  constructor(
    name: string,
    /** Servers with one store, each of which it may connect to; it tries them in turn. */
    readonly hosts: readonly string[],
    /** Valid until the server restarts. */
    public token: string,
  ) {
    this.ledger = new Ledger(name);
  }

  connect(): void {
    this.connections += 1;
    this.ledger.isLive = false;
    const host = this.hosts[this.connections % this.hosts.length];
    const socket = new WebSocket(`ws://${host}/ws`, ['herald.v1', `bearer.${this.token}`]);
    this.#socket = socket;
    this.#forgetUnacknowledged();
    socket.on('open', () =>
      socket.send(JSON.stringify({ event: 'hello', data: { positions: this.ledger.positions } })),
    );
    socket.on('message', (message: Buffer) => this.#take(message.toString()));
    // A broken connection emits an error as well; only its close counts.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCode = code;
      if (this.comesBack) this.connect();
      else this.#look();
    });
  }

  /**
   * Resolves when `isOver` is true, which is checked after each frame and close. @throws the violation of the promise
   */
  async until(isOver: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waits.push({ isOver, resolve, reject });
      this.#look();
    });
  }

  async stop(): Promise<void> {
    this.comesBack = false;
    if (this.#socket === undefined || this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.terminate();
    await this.until(() => this.isClosed);
  }

  /** Whether the last connection has ended. */
  get isClosed(): boolean {
    return this.#socket?.readyState === WebSocket.CLOSED;
  }

  #take(text: string): void {
    try {
      const frame = JSON.parse(text) as ServerFrame;
      this.ledger.take(frame);
      if (frame.event === 'welcome') this.#ackEvery = frame.data.ackEvery;
      if (frame.event === 'credit') this.#agree(frame.data.ackEvery);
      if (isEntryFrame(frame)) this.#note(frame.data, Buffer.byteLength(text));
    } catch (error) {
      this.#fault ??= error as Error;
    }
    this.#look();
  }

  #note(data: EntryFrame['data'], bytes: number): void {
    this.#unacked[data.channel] = { ...this.#unacked[data.channel], [laneOf(data)]: data.offset };
    this.#unackedMessages += 1;
    this.#unackedBytes += bytes;
    this.#acknowledgeIfDue();
  }

  #agree(ackEvery: AckEvery): void {
    this.#ackEvery = ackEvery;
    this.#acknowledgeIfDue();
  }

  #acknowledgeIfDue(): void {
    const { messages, bytes: most } = this.#ackEvery;
    if (this.acknowledges && (this.#unackedMessages >= messages || this.#unackedBytes >= most)) this.#acknowledge();
  }

  #acknowledge(): void {
    this.#socket?.send(JSON.stringify({ event: 'ack', data: this.#unacked }));
    this.#forgetUnacknowledged();
  }

  #forgetUnacknowledged(): void {
    this.#unacked = {};
    this.#unackedMessages = 0;
    this.#unackedBytes = 0;
  }

  #look(): void {
    this.#waits = this.#waits.filter(({ isOver, resolve, reject }) => {
      if (this.#fault !== undefined) reject(this.#fault);
      else if (isOver()) resolve();
      else return true;
      return false;
    });
  }
}
