import { Injectable } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Principal } from '../auth/principal.js';
import { ChannelFollower, type TransportOptions } from '../connections/channel-follower.js';
import { Connections } from '../connections/connections.js';
import { DrainWindow } from '../connections/drain-window.js';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { EventStream } from './event-stream.js';
import { requestedPositions, resolvePositions, StreamPosition } from './stream-position.js';

/** Subscribes event streams to delivery: the same log, lanes and resume as over WebSocket. */
@Injectable()
export class StreamService {
  constructor(
    private readonly delivery: DeliveryEngine,
    private readonly connections: Connections,
    private readonly follower: ChannelFollower,
  ) {}

  /**
   * Streams until the response is closed.
   * @param response with its head already written
   * @param lastEventId the client's position; undefined: start at the heads
   */
  async open(principal: Principal, response: ServerResponse, lastEventId: string | undefined): Promise<void> {
    const stream = new EventStream(principal, response);
    this.connections.add(stream);
    // With a listener Node leaves the socket to it.
    response.once('timeout', () => stream.cut());
    response.once('close', () => {
      this.connections.remove(stream);
      this.follower.end(stream);
    });
    let sent: Awaited<ReturnType<typeof resolvePositions>> | undefined;
    const optionsFor = async (channels: readonly string[]): Promise<TransportOptions> => {
      sent = lastEventId === undefined ? undefined : await resolvePositions(lastEventId, channels, this.delivery);
      const window = new DrainWindow(
        response,
        () => stream.addedBytes,
        () => this.follower.resume(stream),
      );
      return { positions: requestedPositions(sent, channels), window };
    };
    await this.follower.begin(stream, optionsFor, ({ epoch, heads, resumed }) => {
      stream.position = new StreamPosition(epoch, sent, heads);
      const { username, expiresAt } = principal;
      stream.welcome({ user: { username }, epoch, resumed, heads, expiresAt: new Date(expiresAt).toISOString() });
    });
  }
}
