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
  #hold: { readonly text: string; readonly held: () => void } | undefined;

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

  /**
   * Withholds everything that the connection sends after this text, and never closes it towards the database, as after
   * a power cut of the client's machine. Resolves once the text was sent.
   */
  holdBehind(text: string): Promise<void> {
    return new Promise((held) => (this.#hold = { text, held }));
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await once(this.#server.close(), 'close');
  }

  #accept(client: Socket): void {
    const database = connect(this.socket);
    this.#clients.add(client);
    let isHeld = false;
    client.on('data', (chunk) => {
      if (isHeld) return;
      if (this.#cutsNextCommit && chunk.includes(COMMIT)) {
        this.#cutsNextCommit = false;
        this.commitsCut += 1;
        client.destroy();
        database.end(chunk);
      } else database.write(chunk);
      if (this.#hold !== undefined && chunk.includes(this.#hold.text)) {
        isHeld = true;
        this.#hold.held();
        this.#hold = undefined;
      }
    });
    database.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        if (!isHeld) other.end();
      });
    }
    client.on('close', () => this.#clients.delete(client));
  }
}
