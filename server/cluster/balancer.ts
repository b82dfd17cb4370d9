import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Hands TCP connections to local ports in turn, and passes over those that do not answer. A demonstration: it knows no
 * HTTP, so the nodes see its address and not that of the client.
 */
export class Balancer {
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #open = new Set<Socket>();
  #turn = 0;

  constructor(ports: readonly number[]) {
    this.#ports = ports;
    // Each side may end its half first.
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#forward(client, ports.length));
  }

  /** @param port 0: any free port @returns the actual one @throws Error if it is taken */
  async listen(port: number): Promise<number> {
    this.#server.listen(port, HOST);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  stopListening(): void {
    this.#server.close();
  }

  /** Cuts the connections that are still open. */
  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** @param tries nodes that have not been tried */
  #forward(client: Socket, tries: number): void {
    const port = this.#ports[this.#turn++ % this.#ports.length] ?? 0;
    const node = connect({ port, host: HOST, allowHalfOpen: true });
    const giveUp = (): void => {
      if (tries > 1) this.#forward(client, tries - 1);
      else client.destroy();
    };
    node.once('error', giveUp);
    node.once('connect', () => {
      node.off('error', giveUp);
      for (const [from, to] of [
        [client, node],
        [node, client],
      ] as const) {
        this.#open.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#open.delete(from);
          to.destroySoon();
        });
        from.pipe(to);
      }
    });
  }
}
