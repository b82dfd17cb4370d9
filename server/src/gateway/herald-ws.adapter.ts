import { type INestApplicationContext, Logger } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CLOSE_DRAINING } from '../../../protocol/close-codes.js';
import { type ClientFrame, MAX_FRAME_BYTES, type ServerFrame, SUBPROTOCOL } from '../../../protocol/frames.js';
import { answeredHosts, UNANSWERED_HOST } from '../config/answered-hosts.js';
import { Environment } from '../config/environment.js';
import { Refusal, internalError } from '../http/refusal.js';
import { refuseSocket } from '../http/socket-refusal.js';
import { ClientAddress } from './upgrade/client-address.js';
import { ConnectionLimits } from '../connections/connection-limits.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { FrameError, readFrame, type ReadFrame } from './frame-reader.js';
import { handshakeRefusal } from './upgrade/handshake-refusal.js';
import { isAllowedOrigin } from './upgrade/origins.js';
import { SOCKET_PATHS } from './upgrade/upgrade-required.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsGateway } from './ws.gateway.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

const ACK: ClientFrame['event'] = 'ack';
/** Time that a close waits for the peer's answer before the socket is cut. */
const CLOSE_TIMEOUT_MS = 3000;

/** Fragments of one message. They emit no event, so `FrameAllowance` can't count them. */
const MAX_FRAGMENTS = 128;

const SERVER_OPTIONS = {
  noServer: true,
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
 * them, and closes with a close code instead of cutting. It also reads the messages of all connections with one
 * listener instead of an RxJS pipeline for each (18 KB per connection; DESIGN section 4).
 */
export class HeraldWsAdapter extends WsAdapter {
  readonly #log = new Logger(HeraldWsAdapter.name);
  readonly #guard: WsJwtGuard;
  readonly #connections: Connections;
  readonly #limits: ConnectionLimits;
  readonly #addresses: ClientAddress;
  readonly #errors: WsErrorFilter;
  readonly #gateway: WsGateway;
  readonly #isAnswered: (host: string | undefined) => boolean;
  readonly #allowedOrigins: readonly string[];
  readonly #onMessage: (this: WebSocket, message: RawData, isBinary: boolean) => void;
  readonly #onPing: (this: WebSocket, data: Buffer) => void;
  readonly #onPong: (this: WebSocket, data: Buffer) => void;
  #stopListening: () => void = () => undefined;
  /** Errors of the peer (a frame too big, bytes that are no frame); ws closes with the matching code. */
  readonly #onPeerError = (error: Error): void => this.#log.debug(`socket error: ${error.message}`);

  constructor(app: INestApplicationContext) {
    super(app);
    this.#guard = app.get(WsJwtGuard, { strict: false });
    this.#connections = app.get(Connections, { strict: false });
    this.#limits = app.get(ConnectionLimits, { strict: false });
    this.#addresses = app.get(ClientAddress, { strict: false });
    this.#gateway = app.get(WsGateway, { strict: false });
    this.#errors = app.get(WsErrorFilter, { strict: false });
    const environment = app.get(Environment);
    this.#allowedOrigins = environment.FRONTEND_URL;
    this.#isAnswered = answeredHosts(environment);
    this.#onMessage = this.#listener((connection, message: RawData, isBinary: boolean) =>
      this.#hear(connection, message, isBinary),
    );
    this.#onPing = this.#listener((connection, data: Buffer) => {
      if (connection.hear(performance.now(), data.length)) connection.pong(data);
    });
    this.#onPong = this.#listener((connection, data: Buffer) => void connection.hear(performance.now(), data.length));
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

  override bindMessageHandlers(socket: WebSocket, handlers: MessageMappingProperties[]): void {
    const connection = this.#connections.of(socket);
    if (connection === undefined) return;
    connection.handlers = handlers;
    socket.on('ping', this.#onPing).on('pong', this.#onPong).on('message', this.#onMessage);
  }

  /** Uses `on`, since a socket closes only once: Nest's `once` would cost 150 bytes. */
  override bindClientDisconnect(socket: WebSocket, callback: () => void): void {
    socket.on('close', callback);
  }

  /** Closes the open connections and waits until they are closed, at most three seconds. */
  override async close(server: WebSocketServer): Promise<void> {
    this.#stopListening();
    // From here on, an upgrade whose token is still being checked is refused.
    server.close();
    const open = [...this.#connections.all()];
    const closed = open.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const connection of open) connection.close(CLOSE_DRAINING, 'the server is stopping');
    await Promise.all(closed);
  }

  /** One listener for all sockets; `this` is the socket. Closures would cost 180 bytes per idle connection. */
  #listener<Args extends unknown[]>(
    listener: (connection: Connection, ...args: Args) => void,
  ): (this: WebSocket, ...args: Args) => void {
    const connections = this.#connections;
    return function (this: WebSocket, ...args: Args) {
      const connection = connections.of(this);
      if (connection !== undefined) listener(connection, ...args);
    };
  }

  #hear(connection: Connection, message: RawData, isBinary: boolean): void {
    // With ws's default binaryType a message arrives as one Buffer.
    const bytes = message as Buffer;
    if (!connection.hear(performance.now(), bytes.length)) return;
    try {
      const frame = readFrame(bytes, isBinary);
      if (frame.event === ACK) this.#acknowledge(connection, frame.data);
      else this.#handle(connection, frame).catch((error: unknown) => this.#errors.answer(connection.socket, error));
    } catch (error) {
      this.#errors.answer(connection.socket, error);
    }
  }

  /** Bypasses Nest's pipeline, which would be most of the cost: acks arrive by the ten thousand per second. */
  #acknowledge(connection: Connection, data: unknown): void {
    const guard: WsJwtGuard = this.#guard;
    guard.check(connection);
    this.#gateway.acknowledge(connection, data);
  }

  async #handle(connection: Connection, { event, data }: ReadFrame): Promise<void> {
    const handler = connection.handlers.find(({ message }) => message === event);
    if (handler === undefined) throw new FrameError('unknown_event', 'This event is not known here');
    const answer = (await handler.callback(data, event)) as ServerFrame | undefined;
    if (answer !== undefined) connection.send(answer);
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
        server.emit('connection', webSocket, request, principal);
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
