import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadLane } from '../load/draft.js';
import { Histogram } from '../load/histogram.js';
import type { Schedule } from '../load/schedule.js';
import { TO_MACHINE_MS } from './clock.js';
import type { Arrival, ProbeOptions } from './messages.js';

/**
 * A few clients whose latencies are measured, in a process of their own: what they wait for is the server, and not the
 * thousand other clients that make the load and share one event loop. They must be connected before anything is published.
 */
export class Probe {
  private constructor(private readonly child: ChildProcess) {}

  static async connect(options: ProbeOptions): Promise<Probe> {
    const child = fork(new URL('main.js', import.meta.url), [JSON.stringify(options)]);
    await once(child, 'message');
    return new Probe(child);
  }

  /** Latencies of what has come since the last call, by lane. */
  async latencies(schedule: Schedule): Promise<Record<LoadLane, Histogram>> {
    this.child.send('report');
    const [arrivals] = (await once(this.child, 'message')) as [Arrival[]];
    const latencies = { high: new Histogram(), low: new Histogram() };
    for (const [lane, index, at] of arrivals) latencies[lane].add(at - TO_MACHINE_MS - (schedule[lane][index] ?? NaN));
    return latencies;
  }

  stop(): void {
    this.child.disconnect();
  }
}
