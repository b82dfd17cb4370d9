import type { Dialect } from './dialect.js';
import { LANES, type LoadLane } from './draft.js';
import { Histogram } from './histogram.js';
import { LoadClient, type LoadListener } from './load-client.js';
import type { Schedule } from './schedule.js';

/** Connections opened at the same time. */
const OPENING_AT_ONCE = 100;
/** Limit for each wait. */
const WAIT_MS = 60_000;
/** Retries of all clients together. A refused client reconnects, as a real one does. */
const MAX_RETRIES = 1000;
const RETRY_MS = 500;

export interface FleetOptions {
  port: number;
  dialect: Dialect;
  count: number;
  schedule: Schedule;
  bytesPerSecond?: number;
  openingAtOnce?: number;
}

/** Clients of one kind, and their latencies. They must connect before anything is published. */
export class Fleet implements LoadListener {
  readonly latency = { high: new Histogram(), low: new Histogram() };
  readonly clients: LoadClient[] = [];
  /** Connection attempts that failed and were repeated. */
  retries = 0;
  readonly #delivered = { high: 0, low: 0 };
  #ready = 0;
  #live = 0;
  #failure: Error | undefined;
  #awaited: Awaited | undefined;

  private constructor(private readonly options: FleetOptions) {}

  /** Opens the connections, and resolves once all are ready. */
  static async connect(options: FleetOptions): Promise<Fleet> {
    const { count, openingAtOnce = OPENING_AT_ONCE } = options;
    const fleet = new Fleet(options);
    while (fleet.clients.length < count) {
      const batch = Math.min(openingAtOnce, count - fleet.clients.length);
      for (let n = 0; n < batch; n++) fleet.clients.push(fleet.#open());
      await fleet.#until(() => fleet.#ready === fleet.clients.length);
    }
    return fleet;
  }

  get size(): number {
    return this.clients.length;
  }

  get delivered(): number {
    return this.#delivered.high + this.#delivered.low;
  }

  /** Resolves once every client has received each scheduled notification of a lane. Rejects when a client is lost. */
  allDeliveredIn(lane: LoadLane): Promise<void> {
    return this.#until(() => this.#delivered[lane] >= this.size * this.options.schedule[lane].length);
  }

  async allDelivered(): Promise<void> {
    for (const lane of LANES) await this.allDeliveredIn(lane);
  }

  /** Resolves once all clients have caught up. */
  allLive(): Promise<void> {
    return this.#until(() => this.#live === this.size);
  }

  drop(): void {
    for (const client of this.clients) client.drop();
  }

  onDelivery(_: LoadClient, lane: LoadLane, index: number, at: number): void {
    this.#delivered[lane] += 1;
    const dueAt = this.options.schedule[lane][index];
    if (dueAt !== undefined) this.latency[lane].add(at - dueAt);
    this.#check();
  }

  onReady(): void {
    this.#ready += 1;
    this.#check();
  }

  onLive(): void {
    this.#live += 1;
    this.#check();
  }

  onLost(client: LoadClient, reason: string): void {
    if (!client.isReady && this.retries < MAX_RETRIES) {
      this.#retry(client);
      return;
    }
    this.#failure ??= new Error(`A connection was lost: ${reason}`);
    this.#awaited?.reject(this.#failure);
  }

  #open(): LoadClient {
    const { port, dialect, bytesPerSecond } = this.options;
    return new LoadClient(port, dialect, this, bytesPerSecond);
  }

  #retry(client: LoadClient): void {
    this.retries += 1;
    setTimeout(() => (this.clients[this.clients.indexOf(client)] = this.#open()), RETRY_MS);
  }

  async #until(isReached: () => boolean): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (isReached()) return;
    try {
      await new Promise<void>((resolve, reject) => {
        const giveUp = (): void =>
          reject(new Error(`Nothing more came: ${this.delivered} deliveries, ${this.#live} live`));
        this.#awaited = { isReached, resolve, reject, timer: setTimeout(giveUp, WAIT_MS) };
      });
    } finally {
      clearTimeout(this.#awaited?.timer);
      this.#awaited = undefined;
    }
  }

  #check(): void {
    if (this.#awaited?.isReached()) this.#awaited.resolve();
  }
}

interface Awaited {
  isReached: () => boolean;
  resolve: () => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}
