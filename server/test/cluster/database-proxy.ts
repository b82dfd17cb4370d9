import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The message with which the servers commit, as in https://www.postgresql.org/docs/current/protocol.html. */
const COMMIT = 'COMMIT\0';

/** Stands between servers and a database, which another one may replace, as behind an address that moves. */
export class DatabaseProxy {
  /** Connections that were cut between a commit and its answer. */
  commitsCut = 0;
  readonly #server = createServer((client) => this.#accept(client));
  readonly #clients = new Set<Socket>();
  #cutsNextCommit = false;

  /** @param socket path of the socket of the database; another one is used for new connections */
  private constructor(public socket: string) {}

  static async start(socket: string): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(socket);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  url(database: string): string {
    return `postgres://herald@127.0.0.1:${(this.#server.address() as AddressInfo).port}/${database}`;
  }

  /** Passes the next commit on, and cuts its connection before the answer. */
  cutNextCommit(): void {
    this.#cutsNextCommit = true;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await once(this.#server.close(), 'close');
  }

  #accept(client: Socket): void {
    const database = connect(this.socket);
    this.#clients.add(client);
    client.on('data', (chunk) => {
      if (this.#cutsNextCommit && chunk.includes(COMMIT)) {
        this.#cutsNextCommit = false;
        this.commitsCut += 1;
        client.destroy();
        database.end(chunk);
      } else database.write(chunk);
    });
    database.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.end());
    }
    client.on('close', () => this.#clients.delete(client));
  }
}
