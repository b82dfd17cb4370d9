import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Connection } from './connection.js';
import { ConnectionTotals } from './connection-totals.js';

/** The open connections of this process. */
@Injectable()
export class Connections implements OnModuleDestroy {
  /** Figures for operations, which only reads them. */
  readonly totals = new ConnectionTotals();
  readonly #byUser = new Map<string, Set<Connection>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(connection: Connection): void {
    const { username } = connection.principal;
    this.#byUser.set(username, this.#of(username).add(connection));
    this.#size += 1;
    this.totals.added(connection);
  }

  remove(connection: Connection): void {
    const { username } = connection.principal;
    const others = this.#of(username);
    if (!others.delete(connection)) return;
    this.#size -= 1;
    this.totals.removed(connection);
    if (others.size === 0) this.#byUser.delete(username);
  }

  ofUser(username: string): Iterable<Connection> {
    return this.#of(username);
  }

  *all(): Iterable<Connection> {
    for (const connections of this.#byUser.values()) yield* connections;
  }

  /** Tells all clients that the server stops, so that they spread out their reconnects. */
  onModuleDestroy(): void {
    for (const connection of this.all()) connection.drain();
  }

  #of(username: string): Set<Connection> {
    return this.#byUser.get(username) ?? new Set();
  }
}
