import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { HeraldServer } from './herald-server.ts';

/** Stands between the page and its server as the network does: it can fail while both go on. */
export class CuttingProxy {
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #lost: string | undefined;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#pass(socket));
  }

  /** @param server its page is what can be reached through the proxy */
  static async to(server: HeraldServer): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(Number(new URL(server.pageUrl).port));
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get pageUrl(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection, with no goodbye, and lets none come to be. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on forwards each request that begins like this, and then cuts its connection instead of answering. */
  loseAnswersTo(request: string): void {
    this.#lost = request;
  }

  mend(): void {
    this.#isCut = false;
    this.#lost = undefined;
  }

  async close(): Promise<void> {
    this.cut();
    await once(this.#server.close(), 'close');
  }

  #pass(near: Socket): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    near.on('data', (chunk: Buffer) => {
      if (this.#lost === undefined || !chunk.includes(this.#lost)) return;
      far.unpipe(near);
      far.once('data', () => near.destroy()).resume();
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
