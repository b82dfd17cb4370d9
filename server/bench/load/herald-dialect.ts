import {
  type AckEvery,
  type AckFrame,
  BEARER_PROTOCOL_PREFIX,
  EVERYONE,
  type HelloFrame,
  type Positions,
  type ServerFrame,
  SUBPROTOCOL,
  type WelcomeFrame,
} from '@herald/protocol';
import type { Dialect } from './dialect.js';
import { LANES } from './draft.js';
import type { LoadClient } from './load-client.js';

/** No acknowledgement is due before the welcome. */
const NONE_DUE: AckEvery = { messages: Infinity, bytes: Infinity };

/** herald.v1: says hello, and acknowledges by `ackEvery` of the welcome or of the latest `credit`. */
export class HeraldDialect implements Dialect {
  readonly path = '/ws';
  readonly headers: readonly string[];
  readonly #hello: string;
  readonly #ackEvery = new WeakMap<LoadClient, AckEvery>();
  /** Heads of the latest welcome: the positions of a client that connects now. */
  positions: Positions | undefined;

  /** @param resumeFrom positions to resume from; by default, a client starts at the heads */
  constructor(
    private readonly token: string,
    private readonly resumeFrom?: Positions,
  ) {
    this.headers = [`Sec-WebSocket-Protocol: ${SUBPROTOCOL}, ${BEARER_PROTOCOL_PREFIX}${token}`];
    const hello: HelloFrame = { event: 'hello', data: { positions: resumeFrom } };
    this.#hello = JSON.stringify(hello);
  }

  /** The same dialect for clients that resume. */
  resuming(positions: Positions): HeraldDialect {
    return new HeraldDialect(this.token, positions);
  }

  upgraded(client: LoadClient): void {
    client.send(this.#hello);
  }

  text(client: LoadClient, text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.event === 'welcome') this.#welcomed(client, frame.data);
    if (frame.event === 'credit') this.#ackEvery.set(client, frame.data.ackEvery);
    if (frame.event === 'live') client.live();
  }

  read(client: LoadClient): void {
    const { messages, bytes } = this.#ackEvery.get(client) ?? NONE_DUE;
    if (client.unacknowledged < messages && client.unacknowledgedBytes < bytes) return;
    const { high, low } = client;
    const ack: AckFrame = {
      event: 'ack',
      data: { [EVERYONE]: { high: high.base + high.received, low: low.base + low.received } },
    };
    client.send(JSON.stringify(ack));
    client.acknowledged();
  }

  #welcomed(client: LoadClient, { epoch, heads, ackEvery }: WelcomeFrame['data']): void {
    this.#ackEvery.set(client, ackEvery);
    this.positions = { epoch, channels: heads };
    const from = (this.resumeFrom?.channels ?? heads)[EVERYONE];
    for (const lane of LANES) client[lane].base = from?.[lane]?.[0] ?? 0;
    client.ready();
  }
}
