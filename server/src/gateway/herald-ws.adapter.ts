import { type INestApplicationContext, Logger } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES, SUBPROTOCOL } from '../../../protocol/frames.js';
import { answeredHosts, UNANSWERED_HOST } from '../config/answered-hosts.js';
import { Environment } from '../config/environment.js';
import { STOPPING } from '../connections/closes.js';
import { ConnectionLimits } from '../connections/connection-limits.js';
import { Connections } from '../connections/connections.js';
import { Refusal, internalError } from '../http/refusal.js';
import { refuseSocket } from '../http/socket-refusal.js';
import { FrameDispatcher } from './frame-dispatcher.js';
import { HeraldSocket, SocketConnection } from './socket-connection.js';
import { ClientAddress } from './upgrade/client-address.js';
import { handshakeRefusal } from './upgrade/handshake-refusal.js';
import { isAllowedOrigin } from './upgrade/origins.js';
import { SOCKET_PATHS } from './upgrade/upgrade-required.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

/** Time that a close waits for the peer's answer before the socket is cut. */
const CLOSE_TIMEOUT_MS = 3000;

/** Fragments of one message. They emit no event, so `FrameAllowance` can't count them. */
const MAX_FRAGMENTS = 128;

const SERVER_OPTIONS = {
  noServer: true,
  WebSocket: HeraldSocket,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: MAX_FRAGMENTS,
  perMessageDeflate: false,
  // ws terminates a socket at the 61st ping of one segment; `FrameAllowance` bounds pings instead.
  autoPong: false,
  // `Connections` tracks them; ws's own list costs 200 bytes per idle connection.
  clientTracking: false,
  closeTimeout: CLOSE_TIMEOUT_MS,
  // Never echo the `bearer.` entry: it is the token.
  handleProtocols: (offered: Set<string>) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
} as const;

/**
 * Nest's ws adapter, changed in three places: it refuses before the upgrade, answers unknown frames instead of dropping
 * them, and closes with a close code instead of cutting. Nest's client is a `SocketConnection`. `FrameDispatcher` reads
 * the frames of all connections with one listener instead of an RxJS pipeline for each (18 KB per connection).
 */
export class HeraldWsAdapter extends WsAdapter {
  readonly #log = new Logger(HeraldWsAdapter.name);
  readonly #guard: WsJwtGuard;
  readonly #connections: Connections;
  readonly #limits: ConnectionLimits;
  readonly #addresses: ClientAddress;
  readonly #frames: FrameDispatcher;
  readonly #isAnswered: (host: string | undefined) => boolean;
  readonly #allowedOrigins: readonly string[];
  #stopListening: () => void = () => undefined;
  /** Errors of the peer (a frame too big, bytes that are no frame); ws closes with the matching code. */
  readonly #onPeerError = (error: Error): void => this.#log.debug(`socket error: ${error.message}`);

  constructor(app: INestApplicationContext) {
    super(app);
    this.#guard = app.get(WsJwtGuard, { strict: false });
    this.#connections = app.get(Connections, { strict: false });
    this.#limits = app.get(ConnectionLimits, { strict: false });
    this.#addresses = app.get(ClientAddress, { strict: false });
    this.#frames = app.get(FrameDispatcher, { strict: false });
    const environment = app.get(Environment);
    this.#allowedOrigins = environment.FRONTEND_URL;
    this.#isAnswered = answeredHosts(environment);
  }

  override create(): WebSocketServer {
    const server = new WebSocketServer(SERVER_OPTIONS);
    server.on('wsClientError', (error, socket, request) => refuseSocket(socket, handshakeRefusal(error, request)));
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      void this.#upgrade(server, request, socket, head);
    const httpServer = this.httpServer as Server;
    httpServer.on('upgrade', onUpgrade);
    this.#stopListening = () => httpServer.off('upgrade', onUpgrade);
    return server;
  }

  override bindMessageHandlers(connection: SocketConnection): void {
    this.#frames.listen(connection);
  }

  /** Uses `on`, since a socket closes only once: Nest's `once` would cost 150 bytes. */
  override bindClientDisconnect({ socket }: SocketConnection, callback: () => void): void {
    socket.on('close', callback);
  }

  /** Closes the open connections and waits until they are closed, at most three seconds. */
  override async close(server: WebSocketServer): Promise<void> {
    this.#stopListening();
    // From here on, an upgrade whose token is still being checked is refused.
    server.close();
    const open = [...this.#connections.all()].filter((connection) => connection instanceof SocketConnection);
    const closed = open.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const connection of open) connection.close(STOPPING);
    await Promise.all(closed);
  }

  async #upgrade(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that dies mid-handshake must not become an unhandled error.
    socket.on('error', destroyThis);
    try {
      this.#checkTarget(request);
      const principal = await this.#guard.admit(request);
      if (socket.destroyed) return;
      socket.on('close', this.#limits.enter(principal.username, this.#addresses.of(request)));
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // From here on ws handles errors.
        socket.off('error', destroyThis);
        webSocket.on('error', this.#onPeerError);
        server.emit('connection', new SocketConnection(webSocket as HeraldSocket, request.socket, principal));
      });
    } catch (error) {
      refuseSocket(socket, this.#refusal(error));
    }
  }

  #checkTarget(request: IncomingMessage): void {
    if (!this.#isAnswered(request.headers.host)) throw new Refusal(421, 'unknown_host', UNANSWERED_HOST);
    const path = request.url?.split('?', 1)[0] ?? '';
    if (!SOCKET_PATHS.includes(path))
      throw new Refusal(404, 'unknown_path', `WebSockets are at ${SOCKET_PATHS.join(' and ')}`);
    if (!isAllowedOrigin(request, this.#allowedOrigins)) {
      throw new Refusal(
        403,
        'origin_refused',
        'Pages from this origin may not connect; FRONTEND_URL lists those that may',
      );
    }
  }

  #refusal(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    this.#log.error(error);
    return internalError();
  }
}

/** A shared listener: a closure made during the upgrade would keep the request alive for as long as the socket. */
function destroyThis(this: Duplex): void {
  this.destroy();
}
