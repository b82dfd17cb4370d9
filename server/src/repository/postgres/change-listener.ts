import { Logger } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { type Message, NOTIFY_CHANNEL } from './postgres.js';

/** Pause before another connection is tried; each failure doubles it. */
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 4000;
/** Interval of polls while LISTEN works, for messages that were lost. */
const POLL_EVERY_MS = 5000;
/** Interval of polls while it does not. */
const POLL_WITHOUT_LISTEN_EVERY_MS = 1000;

/** Work of the store that the listener asks for. */
export interface ChangeHandlers {
  /** A message of another process. */
  readonly received: (message: Message) => void;
  /** Proves that the log is whole. */
  readonly prove: (client: pg.ClientBase) => Promise<void>;
  /** Finds changes in the tables. */
  readonly poll: () => Promise<void>;
  /** Sends a message over another connection, which comes back if LISTEN works. */
  readonly ping: () => Promise<void>;
}

/**
 * Receives the messages of other processes by LISTEN, on a connection of its own. Behind a pooler that gives a connection
 * away after each transaction, LISTEN receives nothing: then the tables are polled every second.
 */
export class ChangeListener {
  readonly #logger = new Logger('Store');
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;
  #isListening: boolean | undefined;
  /** Whether a message of this process came back since the last ping. */
  #hasPingReturned = false;

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly process: string,
    private readonly handlers: ChangeHandlers,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves once the connection is closed. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped) {
      try {
        await this.#listen(() => (failures = 0));
      } catch {
        // The store reports a database that does not work; this connection only has to come back.
        failures += 1;
      }
      await this.#pause(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** failures));
    }
  }

  /** @throws when the connection is lost */
  async #listen(connected: () => void): Promise<void> {
    const client = new pg.Client(this.config);
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    client.on('notification', ({ payload = '' }) => this.#receive(payload));
    await client.connect();
    try {
      // Before any message is received.
      await this.handlers.prove(client);
      await client.query(`LISTEN ${NOTIFY_CHANNEL}`);
      connected();
      await this.#watch(client, lost.signal);
    } finally {
      client.end().catch(() => undefined);
    }
  }

  async #watch(client: pg.Client, lost: AbortSignal): Promise<void> {
    while (!this.#isStopped) {
      await this.handlers.prove(client);
      await this.handlers.poll();
      this.#hasPingReturned = false;
      await this.handlers.ping();
      await this.#pause(this.#isListening ? POLL_EVERY_MS : POLL_WITHOUT_LISTEN_EVERY_MS, lost);
      if (lost.aborted) return;
      this.#noteListening(this.#hasPingReturned);
      // Notices a connection that was lost without a word.
      await client.query('SELECT 1');
    }
  }

  #receive(payload: string): void {
    const message = messageIn(payload);
    if (message?.from === this.process) this.#hasPingReturned = true;
    else if (message !== undefined) this.#handle(message);
  }

  #handle(message: Message): void {
    try {
      this.handlers.received(message);
    } catch (error) {
      // Another version may have sent it, or anybody; the next poll finds the change itself.
      this.#logger.warn(`A message of another server can’t be read: ${String(error)}`);
    }
  }

  #noteListening(isListening: boolean): void {
    if (isListening === this.#isListening || this.#isStopped) return;
    if (!isListening) {
      this.#logger.warn(
        'LISTEN receives nothing, as behind a pooler in transaction mode: the database is polled every second. Set DATABASE_LISTEN_URL to the database itself',
      );
    } else if (this.#isListening === false) this.#logger.log('LISTEN works again');
    this.#isListening = isListening;
  }

  /** @param lost ends the pause, too */
  async #pause(ms: number, lost?: AbortSignal): Promise<void> {
    const signals = lost === undefined ? [this.#stopped.signal] : [this.#stopped.signal, lost];
    await wait(ms, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
  }
}

/** Undefined for what no Herald of this version has sent: anybody with access to the database can send something. */
function messageIn(payload: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(payload);
    return isMessage(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is Message {
  const { from, change = {}, peer = {} } = (value ?? {}) as Record<string, unknown>;
  return typeof from === 'string' && [change, peer].every((part) => typeof part === 'object' && part !== null);
}
