import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { Server } from 'node:http';
import type { WebSocketServer } from 'ws';
import { STOPPING } from '../connections/closes.js';
import { Connections } from '../connections/connections.js';
import { FrameDispatcher } from './frame-dispatcher.js';
import { SocketConnection } from './socket-connection.js';
import { Upgrade } from './upgrade/upgrade.js';

/**
 * Nest's ws adapter with three changes: it refuses clients before the upgrade, answers unknown frames instead of
 * dropping them, and closes connections with a code. Nest's client is a `SocketConnection`. `FrameDispatcher` reads the
 * frames of all connections with one listener, instead of an RxJS pipeline of 18 KB for each.
 */
export class HeraldWsAdapter extends WsAdapter {
  readonly #upgrade: Upgrade;
  readonly #frames: FrameDispatcher;
  readonly #connections: Connections;

  constructor(app: INestApplicationContext) {
    super(app);
    this.#upgrade = app.get(Upgrade, { strict: false });
    this.#frames = app.get(FrameDispatcher, { strict: false });
    this.#connections = app.get(Connections, { strict: false });
  }

  override create(): WebSocketServer {
    return this.#upgrade.listen(this.httpServer as Server);
  }

  override bindMessageHandlers(connection: SocketConnection): void {
    this.#frames.listen(connection);
  }

  /** Uses `on`, since a socket closes only once: Nest's `once` would cost 150 bytes. */
  override bindClientDisconnect({ socket }: SocketConnection, callback: () => void): void {
    socket.on('close', callback);
  }

  /** Closes the open connections and waits until they are closed, at most three seconds. */
  override async close(): Promise<void> {
    const open = [...this.#connections.all()].filter((connection) => connection instanceof SocketConnection);
    const closed = open.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const connection of open) connection.close(STOPPING);
    await Promise.all(closed);
  }
}
