import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { HeraldServer } from './herald-server.ts';

/** A network between page and server that can fail while both keep running. */
export class CuttingProxy {
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isFrozen = false;
  #lost: string | undefined;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#pass(socket));
  }

  /** @param server the proxy forwards to the port of its page */
  static async to(server: HeraldServer): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(Number(new URL(server.pageUrl).port));
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get pageUrl(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Drops every connection without a goodbye and refuses new ones. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Keeps every connection, and forwards nothing more: the line is dead, and nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** From now on forwards each request that contains this text, but drops its connection instead of the response. */
  loseAnswersTo(request: string): void {
    this.#lost = request;
  }

  mend(): void {
    this.#isCut = false;
    this.#isFrozen = false;
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
    if (this.#isFrozen) {
      this.#sockets.add(near.pause());
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
