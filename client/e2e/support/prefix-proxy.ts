import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A reverse proxy that offers a server below a path only, and answers 404 to everything else. */
export class PrefixProxy {
  readonly #server: Server;
  readonly #target: URL;
  readonly #prefix: string;
  readonly #removesPrefix: boolean;
  /** Requests outside of the path, such as `GET /api/info`. */
  readonly strays: string[] = [];

  private constructor(target: URL, prefix: string, removesPrefix: boolean) {
    this.#target = target;
    this.#prefix = prefix;
    this.#removesPrefix = removesPrefix;
    this.#server = createServer((incoming, outgoing) => {
      const path = this.#pathOf(incoming);
      if (path === undefined) {
        outgoing.writeHead(404).end();
        return;
      }
      const { hostname: host, port } = target;
      const forwarded = request({ host, port, path, method: incoming.method, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.destroy());
      incoming.pipe(forwarded);
    }).on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(incoming, socket, head),
    );
  }

  /** @param removesPrefix whether the server sees `/api` or `/herald/api` */
  static async to(target: string, prefix: string, removesPrefix: boolean): Promise<PrefixProxy> {
    const proxy = new PrefixProxy(new URL(target), prefix, removesPrefix);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  /** URL of the page, with a slash at its end. */
  get pageUrl(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}${this.#prefix}/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pathOf({ method, url = '' }: IncomingMessage): string | undefined {
    if (!url.startsWith(`${this.#prefix}/`)) {
      this.strays.push(`${method} ${url}`);
      return undefined;
    }
    return this.#removesPrefix ? url.slice(this.#prefix.length) : url;
  }

  #upgrade(incoming: IncomingMessage, near: Duplex, head: Buffer): void {
    const path = this.#pathOf(incoming);
    if (path === undefined) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#target.port), this.#target.hostname);
    const headers = incoming.rawHeaders.flatMap((name, n, all) => (n % 2 === 0 ? [`${name}: ${all[n + 1]}`] : []));
    far.write(`${incoming.method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }
}
