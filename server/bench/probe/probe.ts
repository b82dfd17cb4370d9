import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { LANES, type LoadLane } from '../load/draft.js';
import { Histogram } from '../load/histogram.js';
import type { Schedule } from '../load/schedule.js';
import { TO_MACHINE_MS } from './clock.js';
import type { Arrival, Order, ProbeOptions } from './messages.js';

/** Limit for each wait. */
const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

/**
 * A process with a few measured clients and the publisher of high. In a process of its own, a probe waits only for the
 * server, and not for the thousand load clients that share one event loop.
 */
export class Probe {
  readonly #arrivals: Arrival[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly schedule: Schedule,
    private readonly count: number,
    /** Notifications of each lane that the probe has received, or that were published before it connected. */
    private readonly seen: Record<LoadLane, number>,
  ) {}

  static async connect(options: Omit<ProbeOptions, 'published'>, schedule: Schedule): Promise<Probe> {
    const { port, publishPath, publishHeaders, token, count, bytesPerSecond } = options;
    const published = { high: schedule.high.length, low: schedule.low.length };
    const own = { port, publishPath, publishHeaders, token, count, bytesPerSecond, published };
    const child = fork(new URL('main.js', import.meta.url), [JSON.stringify(own)]);
    child.once('exit', () => void child.emit('message', 'exited'));
    const probe = new Probe(child, schedule, count, published);
    await probe.#message();
    return probe;
  }

  /** Publishes `rate` high notifications a second while `work` runs. */
  async publishing(rate: number, work: () => Promise<unknown>): Promise<void> {
    await this.#order({ do: 'publish', rate });
    await work();
    const due = (await this.#order({ do: 'end publishing' })) as number[];
    for (const dueAt of due) this.schedule.add('high', dueAt - TO_MACHINE_MS);
  }

  /** Resolves once all of its clients have received everything published in a lane. Rejects after a time-out. */
  async allOf(lane: LoadLane): Promise<void> {
    const giveUpAt = Date.now() + WAIT_MS;
    const due = (this.schedule[lane].length - this.seen[lane]) * this.count;
    const come = (): number => this.#arrivals.filter((arrival) => arrival[0] === lane).length;
    while (come() < due) {
      if (Date.now() > giveUpAt) throw new Error(`Nothing more came to a probe: ${come()} of ${due} ${lane}`);
      await delay(LOOK_EVERY_MS);
      this.#arrivals.push(...((await this.#order({ do: 'report' })) as Arrival[]));
    }
  }

  /** Latencies by lane of everything published since the last call, once all of it has arrived. */
  async latencies(): Promise<Record<LoadLane, Histogram>> {
    for (const lane of LANES) await this.allOf(lane);
    const latencies = { high: new Histogram(), low: new Histogram() };
    for (const [lane, index, at] of this.#arrivals.splice(0))
      latencies[lane].add(at - TO_MACHINE_MS - this.#dueAt(lane, index));
    for (const lane of LANES) this.seen[lane] = this.schedule[lane].length;
    return latencies;
  }

  stop(): void {
    this.child.disconnect();
  }

  #dueAt(lane: LoadLane, index: number): number {
    const dueAt = this.schedule[lane][index];
    if (dueAt === undefined) throw new Error(`A probe was sent the ${lane} number ${index}, which was never published`);
    return dueAt;
  }

  #order(order: Order): Promise<unknown> {
    this.child.send(order);
    return this.#message();
  }

  async #message(): Promise<unknown> {
    const [message] = (await once(this.child, 'message')) as unknown[];
    if (message === 'exited') throw new Error('The process of the probes has ended');
    return message;
  }
}
