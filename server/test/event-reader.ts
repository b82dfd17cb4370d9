import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { RunningServer } from './running-server.js';

export interface ReadEvent {
  id: string | undefined;
  event: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks at what it is
  data: any;
}

/** A client of the event stream with a queue of its events, so that a test waits for events, not for time. */
export class EventReader {
  /** Everything received, including comments and `retry`. */
  text = '';
  readonly closed: Promise<unknown>;
  readonly #events: AsyncIterator<ReadEvent>;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    this.closed = once(response, 'close').catch(() => undefined);
    this.#events = this.#read();
  }

  /** @param lastEventId position to resume from; by default, the stream starts at the heads */
  static async open(
    server: Pick<RunningServer, 'host'>,
    token: string,
    lastEventId?: string,
    path = '/api/notifications/stream',
  ): Promise<EventReader> {
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
    };
    const request = get(`http://${server.host}${path}`, { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new EventReader(response);
  }

  /** The next event, which must have this name. Rejects if the stream ends instead. */
  async next(event: string): Promise<ReadEvent> {
    const { value, done } = await this.#events.next();
    if (done) throw new Error(`ended before an event '${event}'`);
    expect(value.event).toBe(event);
    return value;
  }

  close(): void {
    this.response.destroy();
  }

  async *#read(): AsyncGenerator<ReadEvent> {
    let at = 0;
    for await (const chunk of this.response) {
      this.text += String(chunk);
      for (let end = this.text.indexOf('\n\n', at); end >= 0; end = this.text.indexOf('\n\n', at)) {
        const block = this.text.slice(at, end);
        at = end + 2;
        if (block.includes('data: ')) yield parse(block);
      }
    }
  }
}

function parse(block: string): ReadEvent {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  return { id: field('id'), event: field('event') ?? '', data: JSON.parse(field('data') ?? 'null') };
}
