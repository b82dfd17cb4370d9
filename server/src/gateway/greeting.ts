import type { Positions, WelcomeFrame } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { ChannelFollower } from '../connections/channel-follower.js';
import { DrainWindow } from '../connections/drain-window.js';
import { AckWindow, WINDOW_BYTES } from '../delivery/connection/window.js';
import type { Subscribed } from '../delivery/delivery-engine.js';
import { RETRY, type SocketConnection } from './socket-connection.js';

/** A plain client gets frames unchanged. */
const addsNothing = (): number => 0;

/** Subscribes a WebSocket to delivery, and welcomes it. */
@Injectable()
export class Greeting {
  constructor(
    private readonly follower: ChannelFollower,
    private readonly environment: Environment,
  ) {}

  /** @param positions where the client resumes; undefined: start at the heads */
  async greet(connection: SocketConnection, positions: Positions | undefined): Promise<void> {
    connection.isGreeted = true;
    // A client says hello as soon as it is connected, so the time until then is an upper bound of the round trip.
    const window = new AckWindow(connection.lastSeenAt - connection.openedAt);
    const options = connection.speaksHerald
      ? { positions, window, username: connection.principal.username }
      : { window: new DrainWindow(connection.stream, addsNothing, () => this.follower.resume(connection)) };
    await this.follower.begin(
      connection,
      () => options,
      (subscribed) => {
        connection.send(this.#welcome(connection, subscribed, window));
        if (connection.speaksHerald) measureRoundTrip(connection, window);
      },
    );
  }

  #welcome(
    { id, principal }: SocketConnection,
    { epoch, heads, resumed }: Subscribed,
    { ackEvery }: AckWindow,
  ): WelcomeFrame {
    return {
      event: 'welcome',
      data: {
        connectionId: id,
        user: { username: principal.username },
        epoch,
        resumed,
        heads,
        creditBytes: WINDOW_BYTES,
        ackEvery,
        heartbeatMs: this.environment.HEARTBEAT_MS,
        expiresAt: new Date(principal.expiresAt).toISOString(),
        retry: RETRY,
      },
    };
  }
}

/** Uses a ping, since a browser answers it even while the page is busy. */
function measureRoundTrip({ socket, isOpen }: SocketConnection, window: AckWindow): void {
  if (!isOpen) return;
  const sentAt = performance.now();
  socket.once('pong', () => window.tookRoundTrip(performance.now() - sentAt));
  socket.ping();
}
