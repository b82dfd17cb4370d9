import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RunningServer } from '../running-server.js';

/** The answer of `GET /metrics`. */
export class Scrape {
  /** Values by name and labels, such as `herald_gaps_total{reason="epoch"}`. */
  readonly #values: ReadonlyMap<string, number>;

  private constructor(readonly text: string) {
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    this.#values = new Map(
      lines.map((line) => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end), Number(line.slice(end + 1))];
      }),
    );
  }

  static async of(server: RunningServer): Promise<Scrape> {
    const { status, body } = await server.get('/metrics');
    expect(status).toBe(200);
    return new Scrape(body as string);
  }

  /** Uses a connection of its own, so any worker may answer. */
  static async at(host: string): Promise<Scrape> {
    const [answer] = (await once(request(`http://${host}/metrics`, { agent: false }).end(), 'response')) as [
      IncomingMessage,
    ];
    expect(answer.statusCode).toBe(200);
    return new Scrape(await text(answer));
  }

  /** Names of the metrics, without labels and without the suffixes of histograms. */
  get names(): string[] {
    return Array.from(this.text.matchAll(/^# TYPE (\S+)/gm), ([, name]) => name!);
  }

  /** Names of the time series, without labels. */
  get series(): Set<string> {
    return new Set([...this.#values.keys()].map((key) => key.replace(/\{.*/, '')));
  }

  /** @param key name and labels, as in the answer */
  value(key: string): number {
    const value = this.#values.get(key);
    if (value === undefined) throw new Error(`there is no ${key}`);
    return value;
  }
}
