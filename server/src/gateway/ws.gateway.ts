import type { AuthenticatedFrame, ClientFrame, HeartbeatAckFrame, ServerFrame } from '@herald/protocol';
import { Logger, UseFilters, UseGuards } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import { ChannelFollower } from '../connections/channel-follower.js';
import { Connections } from '../connections/connections.js';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { readAcknowledgement, readHello, readToken } from './client-frames.js';
import { FrameError } from './frame-error.js';
import { Greeting } from './greeting.js';
import type { SocketConnection } from './socket-connection.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

type Handlers = Record<
  ClientFrame['event'],
  (connection: SocketConnection, data: unknown) => ServerFrame | undefined | Promise<ServerFrame | undefined>
>;

/**
 * Handles the frames of `protocol/frames.ts`. The adapter gives Nest a `SocketConnection` as its client, and
 * `FrameDispatcher` calls the guard, the handlers and the filter.
 */
@WebSocketGateway()
@UseGuards(WsJwtGuard)
@UseFilters(WsErrorFilter)
export class WsGateway
  implements Handlers, OnGatewayConnection<SocketConnection>, OnGatewayDisconnect<SocketConnection>
{
  private readonly logger = new Logger(WsGateway.name);

  constructor(
    private readonly connections: Connections,
    private readonly follower: ChannelFollower,
    private readonly delivery: DeliveryEngine,
    private readonly greeting: Greeting,
    private readonly guard: WsJwtGuard,
  ) {}

  handleConnection(connection: SocketConnection): void {
    this.connections.add(connection);
    const { id, principal } = connection;
    this.logger.debug(`connected: connection=${id} user=${principal.username} open=${this.connections.size}`);
    // A client of herald.v1 says hello first; a plain client need not.
    if (!connection.speaksHerald) void this.greeting.greet(connection, undefined);
  }

  handleDisconnect(connection: SocketConnection): void {
    this.connections.remove(connection);
    this.follower.end(connection);
    this.logger.debug(`disconnected: connection=${connection.id} open=${this.connections.size}`);
  }

  @SubscribeMessage('hello')
  async hello(@ConnectedSocket() connection: SocketConnection, @MessageBody() data: unknown): Promise<undefined> {
    if (connection.isGreeted) throw new FrameError('unexpected', 'This connection has been greeted already');
    await this.greeting.greet(connection, readHello(data));
  }

  @SubscribeMessage('ack')
  ack(@ConnectedSocket() { subscription }: SocketConnection, @MessageBody() data: unknown): undefined {
    const acknowledgement = readAcknowledgement(data);
    if (subscription === undefined)
      throw new FrameError('unexpected', 'There is nothing to acknowledge before the welcome');
    this.delivery.acknowledge(subscription, acknowledgement);
  }

  @SubscribeMessage('heartbeat')
  heartbeat(@ConnectedSocket() connection: SocketConnection, @MessageBody() data: unknown): HeartbeatAckFrame {
    if (typeof data === 'object' && data !== null && 'ack' in data) this.ack(connection, data.ack);
    return { event: 'heartbeat_ack', data: { serverTime: new Date().toISOString() } };
  }

  @SubscribeMessage('authenticate')
  async authenticate(
    @ConnectedSocket() connection: SocketConnection,
    @MessageBody() data: unknown,
  ): Promise<AuthenticatedFrame> {
    await this.guard.renew(connection, readToken(data));
    // The token may have been revoked between its check and its use.
    this.follower.follow(connection);
    return { event: 'authenticated', data: { expiresAt: new Date(connection.principal.expiresAt).toISOString() } };
  }
}
