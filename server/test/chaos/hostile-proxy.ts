import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The fate of one connection. Bytes count from its beginning. */
export interface Fate {
  /** Bytes forwarded from the client; then both ends are cut. */
  up: number;
  /** Bytes forwarded from the server. */
  down: number;
  /** The event after `down` bytes: a cut, or a stall until `release` while both ends stay connected. */
  then: 'cut' | 'stall';
}

/** A TCP proxy that cuts or stalls connections at any byte. */
export class HostileProxy {
  cuts = 0;
  stalls = 0;
  /** Called when a connection has stalled. */
  onStall: () => void = () => undefined;
  readonly #server: Server;
  readonly #links = new Set<Link>();

  private constructor(
    upstreamPort: number,
    readonly nextFate: () => Fate,
  ) {
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client, upstreamPort));
  }

  static async start(upstreamPort: number, nextFate: () => Fate): Promise<HostileProxy> {
    const proxy = new HostileProxy(upstreamPort, nextFate);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Continues a stalled connection with a new fate, or cuts it. */
  release(choose: () => 'go on' | 'cut'): void {
    for (const link of this.#links) {
      if (!link.isStalled) continue;
      if (choose() === 'cut') this.#cut(link);
      else link.goOn(this.nextFate());
    }
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.destroy();
    await once(this.#server.close(), 'close');
  }

  #accept(client: Socket, port: number): void {
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    const link = new Link(client, server, this.nextFate());
    this.#links.add(link);
    client.on('data', (chunk) => this.#forward(link, 'up', chunk));
    server.on('data', (chunk) => this.#forward(link, 'down', chunk));
    for (const socket of [client, server]) {
      socket.on('error', () => link.destroy());
      socket.on('close', () => {
        link.destroy();
        this.#links.delete(link);
      });
    }
  }

  #forward(link: Link, direction: 'up' | 'down', chunk: Buffer): void {
    const isOver = link.forward(direction, chunk);
    if (!isOver) return;
    if (direction === 'up' || link.fate.then === 'cut') {
      this.#cut(link);
    } else {
      this.stalls += 1;
      link.stall();
      this.onStall();
    }
  }

  #cut(link: Link): void {
    this.cuts += 1;
    link.destroy();
  }
}

/** Both ends of one connection. */
class Link {
  isStalled = false;
  /** Bytes from the server since the stall began. */
  #held: Buffer[] = [];

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    public fate: Fate,
  ) {}

  /** Forwards as much as the fate allows. @returns whether bytes remain */
  forward(direction: 'up' | 'down', chunk: Buffer): boolean {
    const allowed = Math.max(0, this.fate[direction]);
    this.fate[direction] -= chunk.length;
    const [from, to] = direction === 'up' ? [this.client, this.server] : [this.server, this.client];
    if (!to.write(chunk.subarray(0, allowed))) {
      from.pause();
      to.once('drain', () => this.isStalled || from.resume());
    }
    if (chunk.length > allowed && direction === 'down') this.#held.push(chunk.subarray(allowed));
    return chunk.length > allowed;
  }

  /** Stops reading from the server, so that its socket buffer fills up. */
  stall(): void {
    this.isStalled = true;
    this.server.pause();
  }

  goOn(fate: Fate): void {
    this.isStalled = false;
    this.fate = fate;
    const held = Buffer.concat(this.#held.splice(0));
    if (held.length > 0) this.server.unshift(held);
    this.server.resume();
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }
}
