import { Injectable } from '@nestjs/common';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Principal } from '../auth/principal.js';
import { Connection } from './connection.js';

/** The connections of this process, by socket. */
@Injectable()
export class Connections {
  readonly #bySocket = new Map<WebSocket, Connection>();

  get size(): number {
    return this.#bySocket.size;
  }

  add(socket: WebSocket, stream: Duplex, principal: Principal): Connection {
    const connection = new Connection(socket, stream, principal);
    this.#bySocket.set(socket, connection);
    return connection;
  }

  of(socket: WebSocket): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  remove(socket: WebSocket): void {
    this.#bySocket.delete(socket);
  }

  all(): Iterable<Connection> {
    return this.#bySocket.values();
  }
}
