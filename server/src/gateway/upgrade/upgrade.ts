import { MAX_FRAME_BYTES, SUBPROTOCOL } from '@herald/protocol';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { originRefused } from '../../auth/auth-refusals.js';
import { isAllowedOrigin } from '../../auth/origins.js';
import { trustedProxies } from '../../auth/trusted-proxies.js';
import { answeredHosts } from '../../config/answered-hosts.js';
import { Environment } from '../../config/environment.js';
import { ConnectionLimits } from '../../connections/connection-limits.js';
import { internalError, Refusal, serverStopping } from '../../http/refusal/refusal.js';
import { sendRefusal } from '../../http/refusal/send-refusal.js';
import { refuseSocket } from '../../http/refusal/socket-refusal.js';
import { closeOfFault } from '../peer-fault.js';
import { HeraldSocket, SocketConnection } from '../socket-connection.js';
import { WsJwtGuard } from '../ws-jwt.guard.js';
import { handshakeRefused, unknownHost, unknownSocketPath, upgradeRequired } from './upgrade-refusals.js';
import { clientAddress, isForSocket, SOCKET_PATHS } from './upgrade-request.js';

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

/** Turns upgrade requests into connections, after a ladder of guards, each with its own status and code. */
@Injectable()
export class Upgrade implements OnModuleDestroy {
  readonly #log = new Logger(Upgrade.name);
  readonly #sockets = new WebSocketServer(SERVER_OPTIONS);
  readonly #isAnswered: (host: string | undefined) => boolean;
  readonly #isTrusted: (address: string) => boolean;
  #isStopping = false;

  constructor(
    private readonly guard: WsJwtGuard,
    private readonly limits: ConnectionLimits,
    private readonly environment: Environment,
  ) {
    this.#isAnswered = answeredHosts(environment);
    this.#isTrusted = trustedProxies(environment.TRUSTED_PROXIES);
    this.#sockets.on('wsClientError', (error, socket, request) => {
      refuseSocket(socket, handshakeRefused(error, request));
    });
  }

  /** @returns the server that emits `connection` with each admitted `SocketConnection` */
  listen(http: Server): WebSocketServer {
    http.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
    return this.#sockets;
  }

  /** Refuses upgrades from now on, also those whose token is being checked. */
  onModuleDestroy(): void {
    this.#isStopping = true;
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that is cut off during the handshake must not become an unhandled error.
    socket.on('error', destroyThis);
    try {
      if (!this.#isAnswered(request.headers.host)) throw unknownHost(); // 421
      if (!isForSocket(request)) throw unknownSocketPath(); // 404
      if (!isAllowedOrigin(request.headers, this.environment.FRONTEND_URL)) throw originRefused(); // 403
      const address = clientAddress(request, this.#isTrusted);
      const principal = await this.guard.admit(request, address); // 401, 403, 429
      if (this.#isStopping) throw serverStopping(); // 503
      if (socket.destroyed) return;
      socket.on('close', this.limits.enter(principal.username, address)); // 429, 503
      // 400, 405: `wsClientError`
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        // From here on ws handles errors.
        socket.off('error', destroyThis);
        webSocket.on('error', this.#onPeerError);
        this.#sockets.emit('connection', new SocketConnection(webSocket, request.socket, principal, address));
      });
    } catch (error) {
      refuseSocket(socket, this.#refusal(error));
    }
  }

  /** Faults of the client, such as a frame that is too large; ws closes with the matching code. */
  readonly #onPeerError = peerErrors(this.#log);

  #refusal(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    this.#log.error(error);
    return internalError();
  }
}

/** A listener that all sockets share; `this` is the socket. */
function peerErrors(log: Logger): (this: WebSocket, error: Error) => void {
  return function (this: WebSocket, error: Error) {
    const { connection } = this as HeraldSocket;
    if (connection !== undefined) connection.closedBy ??= closeOfFault(error);
    log.debug(`socket error: ${error.message}`);
  };
}

/** Answers plain requests to the WebSocket's paths. */
export function requireUpgrade(server: FastifyInstance): void {
  const refusal = upgradeRequired();
  for (const path of SOCKET_PATHS) {
    server.all(path, (_request, reply) => sendRefusal(reply, refusal));
  }
}

/** A shared listener: a closure made during the upgrade would keep the request alive for as long as the socket. */
function destroyThis(this: Duplex): void {
  this.destroy();
}
