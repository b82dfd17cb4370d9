import { type INestApplicationContext, Logger } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CLOSE_DRAINING } from '../../../protocol/close-codes.js';
import { type ClientFrame, MAX_FRAME_BYTES, type ServerFrame, SUBPROTOCOL } from '../../../protocol/frames.js';
import { InvalidTokenError } from '../auth/auth-errors.js';
import { Environment } from '../config/environment.js';
import { ClientAddress } from './client-address.js';
import { ConnectionLimits, TooManyConnectionsError } from './connection-limits.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { FrameError, readFrame, type ReadFrame } from './frame-reader.js';
import { isAllowedOrigin } from './origins.js';
import { refuseUpgrade, UpgradeRefusal } from './upgrade-refusal.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsGateway } from './ws.gateway.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

/** `/api/ws` is the reference system's other spelling. */
const PATHS = ['/ws', '/api/ws'];
const ACK: ClientFrame['event'] = 'ack';
/** How long a close waits for the other side's answer before the socket is cut. */
const CLOSE_TIMEOUT_MS = 3000;

const SERVER_OPTIONS = {
  noServer: true,
  maxPayload: MAX_FRAME_BYTES,
  perMessageDeflate: false,
  closeTimeout: CLOSE_TIMEOUT_MS,
  // Never echo the `bearer.` entry: it is the token.
  handleProtocols: (offered: Set<string>) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
} as const;

/**
 * Nest's ws adapter, changed in three places: it refuses before the upgrade, answers frames that it does not know
 * instead of dropping them, and closes with a close code instead of cutting. It also reads messages by one
 * listener instead of an RxJS pipeline for each connection (18 KB a connection; DESIGN section 4).
 */
export class HeraldWsAdapter extends WsAdapter {
  readonly #log = new Logger(HeraldWsAdapter.name);
  readonly #guard: WsJwtGuard;
  readonly #connections: Connections;
  readonly #limits: ConnectionLimits;
  readonly #addresses: ClientAddress;
  readonly #errors: WsErrorFilter;
  readonly #gateway: WsGateway;
  readonly #allowedOrigins: readonly string[];
  #stopListening: () => void = () => undefined;
  /** The peer's (a frame too big, bytes that are no frame); ws closes with its code. */
  readonly #onPeerError = (error: Error): void => this.#log.debug(`socket error: ${error.message}`);

  constructor(app: INestApplicationContext) {
    super(app);
    this.#guard = app.get(WsJwtGuard, { strict: false });
    this.#connections = app.get(Connections, { strict: false });
    this.#limits = app.get(ConnectionLimits, { strict: false });
    this.#addresses = app.get(ClientAddress, { strict: false });
    this.#gateway = app.get(WsGateway, { strict: false });
    this.#errors = app.get(WsErrorFilter, { strict: false });
    this.#allowedOrigins = app.get(Environment).FRONTEND_URL;
  }

  override create(): WebSocketServer {
    const server = new WebSocketServer(SERVER_OPTIONS);
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      void this.#upgrade(server, request, socket, head);
    const httpServer = this.httpServer as Server;
    httpServer.on('upgrade', onUpgrade);
    this.#stopListening = () => httpServer.off('upgrade', onUpgrade);
    return server;
  }

  override bindMessageHandlers(socket: WebSocket, handlers: MessageMappingProperties[]): void {
    const connection = this.#connections.of(socket);
    const hear = (): boolean => connection?.hear(Date.now()) ?? false;
    socket.on('ping', hear).on('pong', hear);
    socket.on('message', (message: RawData, isBinary: boolean) => {
      if (!hear()) return;
      try {
        const frame = readFrame(message, isBinary);
        if (frame.event === ACK) this.#acknowledge(connection, frame.data);
        else this.#handle(socket, handlers, frame).catch((error: unknown) => this.#errors.answer(socket, error));
      } catch (error) {
        this.#errors.answer(socket, error);
      }
    });
  }

  /** Closes what is still open and waits until it is, at most three seconds. */
  override async close(server: WebSocketServer): Promise<void> {
    this.#stopListening();
    for (const socket of server.clients) socket.close(CLOSE_DRAINING, 'the server is stopping');
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Acknowledgements come by the ten thousand a second, and Nest's pipeline would be most of their cost. */
  #acknowledge(connection: Connection | undefined, data: unknown): void {
    const guard: WsJwtGuard = this.#guard;
    guard.check(connection);
    this.#gateway.acknowledge(connection, data);
  }

  async #handle(socket: WebSocket, handlers: MessageMappingProperties[], { event, data }: ReadFrame): Promise<void> {
    const handler = handlers.find(({ message }) => message === event);
    if (handler === undefined) throw new FrameError('unknown_event', 'This event is not known here');
    const answer = (await handler.callback(data, event)) as ServerFrame | undefined;
    if (answer !== undefined) this.#connections.of(socket)?.send(answer);
  }

  async #upgrade(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that dies mid-handshake must not become an unhandled error.
    socket.on('error', destroyThis);
    try {
      this.#checkTarget(request);
      const principal = await this.#guard.admit(request);
      if (socket.destroyed) return;
      socket.once('close', this.#limits.enter(principal.username, this.#addresses.of(request)));
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', this.#onPeerError);
        server.emit('connection', webSocket, request, principal);
      });
    } catch (error) {
      refuseUpgrade(socket, this.#refusal(error));
    }
  }

  #checkTarget(request: IncomingMessage): void {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (!PATHS.includes(path)) throw new UpgradeRefusal(404, `WebSockets are at ${PATHS.join(' and ')}`);
    if (!isAllowedOrigin(request, this.#allowedOrigins)) {
      throw new UpgradeRefusal(403, 'Pages from this origin may not connect; FRONTEND_URL lists those that may');
    }
  }

  #refusal(error: unknown): UpgradeRefusal {
    if (error instanceof UpgradeRefusal) return error;
    if (error instanceof TooManyConnectionsError) {
      return new UpgradeRefusal(error.statusCode, error.message, { 'Retry-After': String(error.retryAfterSeconds) });
    }
    if (error instanceof InvalidTokenError) return new UpgradeRefusal(401, error.message, { 'WWW-Authenticate': 'Bearer' });
    this.#log.error(error);
    return new UpgradeRefusal(500, 'Something went wrong here; it has been logged');
  }
}

/** A listener of its own: a closure made during the upgrade would keep the request alive for as long as the socket. */
function destroyThis(this: Duplex): void {
  this.destroy();
}
