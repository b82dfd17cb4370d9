import { Logger, type OnModuleDestroy, UseFilters, UseGuards } from '@nestjs/common';
import {
  ConnectedSocket,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { EVERYONE } from '../../../protocol/channels.js';
import { CLOSE_DRAINING } from '../../../protocol/close-codes.js';
import type { HeartbeatAckFrame, RetryBounds } from '../../../protocol/frames.js';
import type { Principal } from '../auth/principal.js';
import { Environment } from '../config/environment.js';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { FrameError } from './frame-reader.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

/** Bounds of the backoff that clients are asked to keep. */
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
    private readonly environment: Environment,
  ) {}

  handleConnection(socket: WebSocket, _request: IncomingMessage, principal: Principal): void {
    const connection = this.connections.add(socket, principal);
    this.logger.debug(`connected: connection=${connection.id} user=${principal.username} open=${this.connections.size}`);
    // A client of herald.v1 speaks first; a watcher has nothing to say.
    if (!connection.speaksHerald) this.#goLive(connection);
  }

  handleDisconnect(socket: WebSocket): void {
    const connection = this.connections.of(socket);
    this.connections.remove(socket);
    this.logger.debug(`disconnected: connection=${connection?.id} open=${this.connections.size}`);
  }

  @SubscribeMessage('hello')
  hello(@ConnectedSocket() socket: WebSocket): void {
    const connection = this.connections.of(socket);
    if (connection === undefined) return;
    if (connection.isLive) throw new FrameError('unexpected', 'This connection is live already');
    this.#goLive(connection);
  }

  @SubscribeMessage('heartbeat')
  heartbeat(): HeartbeatAckFrame {
    return { event: 'heartbeat_ack', data: { serverTime: new Date().toISOString() } };
  }

  /** Says goodbye to all, so that clients know that it was meant and come back spread out. */
  onModuleDestroy(): void {
    for (const connection of this.connections.all()) {
      connection.send({ event: 'bye', data: { reason: 'The server is stopping', retry: RETRY } });
      connection.close(CLOSE_DRAINING, 'the server is stopping');
    }
  }

  #goLive(connection: Connection): void {
    const { id, principal } = connection;
    // The welcome goes first, in the same turn: nothing is stored between it and the subscription.
    connection.send({
      event: 'welcome',
      data: {
        connectionId: id,
        user: { username: principal.username },
        epoch: this.delivery.epoch,
        heartbeatMs: this.environment.HEARTBEAT_MS,
        expiresAt: new Date(principal.expiresAt).toISOString(),
        retry: RETRY,
      },
    });
    connection.goLive(this.delivery.attach(EVERYONE, (frame) => connection.deliver(frame)));
  }
}
