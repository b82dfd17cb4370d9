import { Injectable } from '@nestjs/common';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Principal } from '../auth/principal.js';
import { Connection } from './connection.js';

/** The connections of this process, by socket and by user. */
@Injectable()
export class Connections {
  readonly #bySocket = new Map<WebSocket, Connection>();
  readonly #byUser = new Map<string, Set<Connection>>();

  get size(): number {
    return this.#bySocket.size;
  }

  add(socket: WebSocket, stream: Duplex, principal: Principal): Connection {
    const connection = new Connection(socket, stream, principal);
    this.#bySocket.set(socket, connection);
    this.#byUser.set(principal.username, this.ofUser(principal.username).add(connection));
    return connection;
  }

  of(socket: WebSocket): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  ofUser(username: string): Set<Connection> {
    return this.#byUser.get(username) ?? new Set();
  }

  remove(socket: WebSocket): void {
    const connection = this.#bySocket.get(socket);
    if (connection === undefined) return;
    this.#bySocket.delete(socket);
    const { username } = connection.principal;
    const others = this.ofUser(username);
    others.delete(connection);
    if (others.size === 0) this.#byUser.delete(username);
  }

  all(): Iterable<Connection> {
    return this.#bySocket.values();
  }
}
