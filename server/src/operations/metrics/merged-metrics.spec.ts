import type { Worker } from 'node:cluster';
import { Distribution } from '../../figures/distribution.js';
import { FigureRegistry } from './figure-registry.js';
import { MergedMetrics } from './merged-metrics.js';
import type { ToWorker } from './metrics-messages.js';

/** A worker with one metric of each kind, whose figures are all `figure`. It answers unless it is stopped. */
class FakeWorker {
  readonly registry = new FigureRegistry();
  readonly seconds = new Distribution([0.1, 1]);
  isStopped = false;
  isEnded = false;
  text = '';

  constructor(
    readonly id: number,
    readonly merged: MergedMetrics,
    readonly all: FakeWorker[],
    public figure: number,
  ) {
    const read = (): [[Record<string, string>, number]] => [[{ lane: 'low' }, this.figure]];
    this.registry.counter('sent_total', 'h', ['lane'], read);
    this.registry.gauge({ name: 'open', help: 'h', labelNames: ['lane'] }, read);
    this.registry.gauge({ name: 'lag', help: 'h', labelNames: ['lane'], aggregator: 'max' }, read);
    this.registry.histogram('seconds', 'h', [[{ lane: 'low' }, this.seconds]]);
    all.push(this);
  }

  isDead = (): boolean => this.isEnded;
  isConnected = (): boolean => true;

  send(message: ToWorker): void {
    if (message.kind === 'metrics') this.text = message.text;
    else if (!this.isStopped) void this.#answer(message.id);
  }

  async scrape(): Promise<Record<string, number>> {
    await this.merged.take(this as unknown as Worker, { kind: 'metrics wanted', id: 1 }, this.#ready);
    const values = Array.from(this.text.matchAll(/^(\w+)\{lane="low"(?:,le="([^"]+)")?\} (\S+)$/gm));
    return Object.fromEntries(values.map(([, name, le, value]) => [le ? `${name} ${le}` : name, Number(value)]));
  }

  end(): void {
    this.isEnded = true;
    this.merged.end(this as unknown as Worker);
  }

  async #answer(id: number): Promise<void> {
    // As from one process to another.
    const figures = JSON.parse(JSON.stringify(await this.registry.getMetricsAsJSON())) as never;
    await this.merged.take(this as unknown as Worker, { kind: 'figures', id, figures }, this.#ready);
  }

  get #ready(): Worker[] {
    return this.all.filter(({ isEnded }) => !isEnded) as unknown as Worker[];
  }
}

describe('the metrics of two workers', () => {
  let [one, other]: FakeWorker[] = [];

  beforeEach(() => {
    const [merged, all] = [new MergedMetrics(), []];
    [one, other] = [new FakeWorker(1, merged, all, 2), new FakeWorker(2, merged, all, 5)];
    for (const seconds of [0.05, 0.5]) one.seconds.add(seconds);
    other.seconds.add(3);
  });

  test('are sums of counters, gauges and the buckets of histograms, and the largest where a metric says so', async () => {
    const all = { sent_total: 7, open: 7, lag: 5, seconds_count: 3, seconds_sum: 3.55 };
    const buckets = { 'seconds_bucket 0.1': 1, 'seconds_bucket 1': 2, 'seconds_bucket +Inf': 3 };
    expect(await one!.scrape()).toEqual({ ...all, ...buckets });
    expect(await other!.scrape()).toEqual({ ...all, ...buckets });
  });

  test('keep the counts of one that has ended, and forget its gauges', async () => {
    await one!.scrape();
    other!.end();
    one!.figure = 3;
    expect(await one!.scrape()).toMatchObject({ sent_total: 8, open: 3, lag: 3, seconds_count: 3 });
    one!.end();
    const next = new FakeWorker(3, one!.merged, one!.all, 1);
    expect(await next.scrape()).toMatchObject({ sent_total: 9, open: 1, lag: 1, seconds_count: 3 });
  });

  test('have the last figures of one that does not answer within a second', async () => {
    await one!.scrape();
    other!.isStopped = true;
    [one!.figure, other!.figure] = [4, 9];
    expect(await one!.scrape()).toMatchObject({ sent_total: 9, open: 9 });
  });
});
