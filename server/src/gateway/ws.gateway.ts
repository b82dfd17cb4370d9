import { Logger, type OnModuleDestroy, UseFilters, UseGuards } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Positions } from '../../../protocol/channels.js';
import { CLOSE_DRAINING } from '../../../protocol/close-codes.js';
import type { AuthenticatedFrame, HeartbeatAckFrame, RetryBounds, WelcomeFrame } from '../../../protocol/frames.js';
import type { Principal } from '../auth/principal.js';
import { Environment } from '../config/environment.js';
import { AckCredit, CREDIT_BYTES } from '../delivery/credit.js';
import { DeliveryEngine, type Subscribed } from '../delivery/delivery-engine.js';
import { readAcknowledgement, readHello, readToken } from './client-frames.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { DrainCredit } from '../connections/drain-credit.js';
import { FrameError } from './frame-reader.js';
import { Memberships } from './memberships.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

/** Bounds of the clients' backoff. */
const RETRY: RetryBounds = { minMs: 500, maxMs: 30_000 };

/** Speaks the frames of `protocol/frames.ts` with admitted sockets, and subscribes them to delivery. */
@WebSocketGateway()
@UseGuards(WsJwtGuard)
@UseFilters(WsErrorFilter)
export class WsGateway implements OnGatewayConnection<WebSocket>, OnGatewayDisconnect<WebSocket>, OnModuleDestroy {
  private readonly logger = new Logger(WsGateway.name);

  constructor(
    private readonly connections: Connections,
    private readonly delivery: DeliveryEngine,
    private readonly memberships: Memberships,
    private readonly environment: Environment,
    private readonly guard: WsJwtGuard,
  ) {}

  handleConnection(socket: WebSocket, request: IncomingMessage, principal: Principal): void {
    const connection = this.connections.add(socket, request.socket, principal);
    this.logger.debug(
      `connected: connection=${connection.id} user=${principal.username} open=${this.connections.size}`,
    );
    // A client of herald.v1 speaks first; a watcher has nothing to say.
    if (!connection.speaksHerald) void this.#greet(connection, undefined);
  }

  handleDisconnect(socket: WebSocket): void {
    const connection = this.connections.of(socket);
    this.connections.remove(socket);
    if (connection?.subscription !== undefined) this.delivery.unsubscribe(connection.subscription);
    this.logger.debug(`disconnected: connection=${connection?.id} open=${this.connections.size}`);
  }

  @SubscribeMessage('hello')
  async hello(@ConnectedSocket() socket: WebSocket, @MessageBody() data: unknown): Promise<void> {
    const connection = this.connections.of(socket);
    if (connection === undefined) return;
    if (connection.isGreeted) throw new FrameError('unexpected', 'This connection has been greeted already');
    await this.#greet(connection, readHello(data));
  }

  /** Handles an `ack`, which bypasses Nest's pipeline; see the adapter. @throws FrameError */
  acknowledge({ subscription }: Connection, data: unknown): void {
    const acknowledgement = readAcknowledgement(data);
    if (subscription === undefined)
      throw new FrameError('unexpected', 'There is nothing to acknowledge before the welcome');
    this.delivery.acknowledge(subscription, acknowledgement);
  }

  @SubscribeMessage('heartbeat')
  heartbeat(@ConnectedSocket() socket: WebSocket, @MessageBody() data: unknown): HeartbeatAckFrame {
    const connection = this.connections.of(socket);
    if (connection !== undefined && typeof data === 'object' && data !== null && 'ack' in data) {
      this.acknowledge(connection, data.ack);
    }
    return { event: 'heartbeat_ack', data: { serverTime: new Date().toISOString() } };
  }

  @SubscribeMessage('authenticate')
  async authenticate(
    @ConnectedSocket() socket: WebSocket,
    @MessageBody() data: unknown,
  ): Promise<AuthenticatedFrame | undefined> {
    const connection = this.connections.of(socket);
    if (connection === undefined) return undefined;
    await this.guard.renew(connection, readToken(data));
    // The token may have been revoked after its check, before the connection took it over.
    this.memberships.follow(connection);
    return { event: 'authenticated', data: { expiresAt: new Date(connection.principal.expiresAt).toISOString() } };
  }

  /** Sends `bye` to all connections, so that clients see a planned close and spread out their reconnects. */
  onModuleDestroy(): void {
    for (const connection of this.connections.all()) {
      connection.send({ event: 'bye', data: { reason: 'The server is stopping', retry: RETRY } });
      connection.close(CLOSE_DRAINING, 'the server is stopping');
    }
  }

  /** Closes a connection that can't be greeted, so that the client reconnects. A watcher sent no frame to answer. */
  async #greet(connection: Connection, positions: Positions | undefined): Promise<void> {
    connection.isGreeted = true;
    try {
      await this.#subscribe(connection, positions);
    } catch (error) {
      this.logger.error(error);
      connection.fail();
    }
  }

  async #subscribe(connection: Connection, positions: Positions | undefined): Promise<void> {
    const channels = await this.memberships.channelsOf(connection);
    if (channels === undefined) return;
    // A client says hello as soon as it is connected, so this time is an upper bound of the round trip.
    const credit = new AckCredit(connection.lastSeenAt - connection.openedAt);
    const subscribed = await this.delivery.subscribe({
      channels,
      positions,
      credit: connection.speaksHerald ? credit : this.#drainCredit(connection),
      sink: connection,
      ...(connection.speaksHerald && { reader: connection.principal.username }),
    });
    const { subscription } = subscribed;
    connection.subscription = subscription;
    // The client may have gone while its positions were checked. Changed channels are left to `follow` below.
    if (!connection.isOpen) {
      this.delivery.unsubscribe(subscription);
      return;
    }
    connection.send(this.#welcome(connection, subscribed, credit));
    if (connection.speaksHerald) measureRoundTrip(connection, credit);
    this.memberships.follow(connection);
  }

  #drainCredit(connection: Connection): DrainCredit {
    return new DrainCredit(connection.stream, () => {
      if (connection.subscription !== undefined) this.delivery.resume(connection.subscription);
    });
  }

  #welcome(
    { id, principal }: Connection,
    { epoch, heads, resumed }: Subscribed,
    { ackEvery }: AckCredit,
  ): WelcomeFrame {
    return {
      event: 'welcome',
      data: {
        connectionId: id,
        user: { username: principal.username },
        epoch,
        resumed,
        heads,
        creditBytes: CREDIT_BYTES,
        ackEvery,
        heartbeatMs: this.environment.HEARTBEAT_MS,
        expiresAt: new Date(principal.expiresAt).toISOString(),
        retry: RETRY,
      },
    };
  }
}

/** Uses a ping, since a browser answers it even while the page is busy. */
function measureRoundTrip({ socket, isOpen }: Connection, credit: AckCredit): void {
  if (!isOpen) return;
  const sentAt = performance.now();
  socket.once('pong', () => credit.tookRoundTrip(performance.now() - sentAt));
  socket.ping();
}
