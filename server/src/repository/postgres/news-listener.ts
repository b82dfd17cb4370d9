import { Logger } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { type Message, NEWS_CHANNEL } from './postgres.js';

/** Pause before another connection is tried; each failure doubles it. */
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 4000;
/** Looks at the tables while this process hears of changes: for a message that got lost. */
const LOOK_EVERY_MS = 5000;
/** Looks while it does not hear of them. */
const POLL_EVERY_MS = 1000;

/** Uses of what is heard. */
export interface NewsUse {
  /** A message of another process. */
  readonly heard: (message: Message) => void;
  /** Proves that the log is whole. */
  readonly prove: (client: pg.ClientBase) => Promise<void>;
  /** Looks at the tables for what was not heard. */
  readonly look: () => Promise<void>;
  /** Sends a message without news, over another connection. */
  readonly call: () => Promise<void>;
}

/**
 * Listens to what other processes have changed, by LISTEN on a connection of its own. Behind a pooler that gives a
 * connection away after each transaction, LISTEN hears nothing: then it looks at the tables every second.
 */
export class NewsListener {
  readonly #logger = new Logger('Store');
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;
  #isHearing: boolean | undefined;
  /** Whether a message of this process came back since the last call. */
  #isEchoed = false;

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly process: string,
    private readonly use: NewsUse,
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
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    await client.connect();
    try {
      // Before anything new is heard.
      await this.use.prove(client);
      await client.query(`LISTEN ${NEWS_CHANNEL}`);
      connected();
      await this.#watch(client, lost.signal);
    } finally {
      client.end().catch(() => undefined);
    }
  }

  async #watch(client: pg.Client, lost: AbortSignal): Promise<void> {
    while (!this.#isStopped) {
      await this.use.prove(client);
      await this.use.look();
      this.#isEchoed = false;
      await this.use.call();
      await this.#pause(this.#isHearing ? LOOK_EVERY_MS : POLL_EVERY_MS, lost);
      if (lost.aborted) return;
      this.#tellWhetherHearing(this.#isEchoed);
      // Notices a connection that was lost without a word.
      await client.query('SELECT 1');
    }
  }

  #hear(payload: string): void {
    const message = messageIn(payload);
    if (message?.from === this.process) this.#isEchoed = true;
    else if (message !== undefined) this.#use(message);
  }

  #use(message: Message): void {
    try {
      this.use.heard(message);
    } catch (error) {
      // Another version may have sent it, or anybody; the next look finds the change itself.
      this.#logger.warn(`A message of another server can’t be read: ${String(error)}`);
    }
  }

  #tellWhetherHearing(isHearing: boolean): void {
    if (isHearing === this.#isHearing || this.#isStopped) return;
    if (!isHearing) {
      this.#logger.warn(
        'LISTEN hears nothing, as behind a pooler of transactions: changes of other servers are found every second. Set DATABASE_LISTEN_URL to the database itself',
      );
    } else if (this.#isHearing === false) this.#logger.log('LISTEN hears of changes again');
    this.#isHearing = isHearing;
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
  const { from, news = {}, peer = {} } = (value ?? {}) as Record<string, unknown>;
  return typeof from === 'string' && [news, peer].every((part) => typeof part === 'object' && part !== null);
}
