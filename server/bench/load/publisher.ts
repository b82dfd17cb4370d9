import { setTimeout as delay } from 'node:timers/promises';
import { draftBody, LANES, type LoadLane } from './draft.js';
import { HttpLine } from './http-line.js';
import type { Schedule } from './schedule.js';

/** Address and headers for publishing. */
export interface PublishTarget {
  port: number;
  publishPath: string;
  publishHeaders: readonly string[];
}

/** Publishes over HTTP on a few keep-alive connections. A request waits while all of them are busy. */
export class Publisher {
  readonly #idle: HttpLine[];
  readonly #waiting: (() => void)[] = [];
  readonly #requests: Record<LoadLane, Buffer>;
  published = 0;

  private constructor(
    target: PublishTarget,
    private readonly lines: readonly HttpLine[],
    private readonly schedule: Schedule,
  ) {
    this.#idle = [...lines];
    const [high, low] = LANES.map((lane) => requestOf(target, lane)) as [Buffer, Buffer];
    this.#requests = { high, low };
  }

  /** @param connections limit of concurrent requests */
  static async connect(target: PublishTarget, schedule: Schedule, connections = 8): Promise<Publisher> {
    const lines = await Promise.all(Array.from({ length: connections }, () => HttpLine.open(target.port)));
    return new Publisher(target, lines, schedule);
  }

  /**
   * Publishes `rate` notifications a second at even intervals, however long the answers take, and waits for the last
   * answer.
   * @param until number of notifications, or a predicate that ends the loop
   * @param answered hears of each answer, with the milliseconds since it was due
   */
  async openLoop(
    lane: LoadLane,
    rate: number,
    until: number | (() => boolean),
    answered: (ms: number) => void = () => undefined,
  ): Promise<void> {
    const start = performance.now();
    const answers: Promise<void>[] = [];
    const dueAt = (n: number): number => start + (n / rate) * 1000;
    const isDone = typeof until === 'number' ? () => answers.length >= until : until;
    while (!isDone()) {
      while (!isDone() && dueAt(answers.length) <= performance.now()) {
        const due = dueAt(answers.length);
        answers.push(this.#publish(lane, due).then(() => answered(performance.now() - due)));
      }
      await delay(Math.max(1, dueAt(answers.length) - performance.now()));
    }
    await Promise.all(answers);
  }

  /** Publishes as fast as the answers allow: each connection sends its next request after the last answer. */
  async closedLoop(lane: LoadLane, isDone: () => boolean): Promise<void> {
    const work = async (): Promise<void> => {
      while (!isDone()) await this.#publish(lane, performance.now());
    };
    await Promise.all(this.lines.map(work));
  }

  /** Runs the closed loop with low for `ms`. @returns the number of answers */
  async closedLoopFor(ms: number): Promise<number> {
    const before = this.published;
    const until = performance.now() + ms;
    await this.closedLoop('low', () => performance.now() > until);
    return this.published - before;
  }

  /** Publishes `count` notifications that are all due now. */
  async burst(lane: LoadLane, count: number): Promise<void> {
    const now = performance.now();
    await Promise.all(Array.from({ length: count }, () => this.#publish(lane, now)));
  }

  close(): void {
    for (const line of this.lines) line.close();
  }

  async #publish(lane: LoadLane, dueAt: number): Promise<void> {
    this.schedule.add(lane, dueAt);
    const line = await this.#line();
    await line.post(this.#requests[lane]);
    this.published += 1;
    this.#idle.push(line);
    this.#waiting.shift()?.();
  }

  async #line(): Promise<HttpLine> {
    for (;;) {
      const line = this.#idle.pop();
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

function requestOf({ port, publishPath, publishHeaders }: PublishTarget, lane: LoadLane): Buffer {
  const body = draftBody(lane);
  const lines = [
    `POST ${publishPath} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...publishHeaders,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}
