import { Injectable, Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Principal } from '../auth/principal.js';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import { DrainCredit } from '../connections/drain-credit.js';
import { Memberships } from '../gateway/memberships.js';
import { EventStream } from './event-stream.js';
import { asked, type IdAt, readPositions, StreamPosition } from './stream-position.js';
import { Streams } from './streams.js';

/** Subscribes event streams to delivery: the same log, lanes and resume as over WebSocket. */
@Injectable()
export class StreamService {
  private readonly logger = new Logger(StreamService.name);

  constructor(
    private readonly delivery: DeliveryEngine,
    private readonly memberships: Memberships,
    private readonly streams: Streams,
  ) {}

  /**
   * Streams until the response is closed.
   * @param response with its head already written
   * @param lastEventId the client's position; undefined: start at the heads
   */
  async open(principal: Principal, response: ServerResponse, lastEventId: string | undefined): Promise<void> {
    const stream = new EventStream(principal, response);
    this.streams.add(stream);
    response.once('close', () => {
      this.streams.remove(stream);
      if (stream.subscription !== undefined) this.delivery.unsubscribe(stream.subscription);
    });
    try {
      const channels = await this.memberships.channelsOf(stream);
      if (channels !== undefined) await this.#subscribe(stream, response, channels, lastEventId);
    } catch (error) {
      this.logger.error(error);
      stream.fail();
    }
  }

  async #subscribe(
    stream: EventStream,
    response: ServerResponse,
    channels: string[],
    lastEventId?: string,
  ): Promise<void> {
    const idAt: IdAt = (...place) => this.delivery.idAt(...place);
    const sent =
      lastEventId === undefined ? undefined : await readPositions(lastEventId, this.delivery.epoch, channels, idAt);
    const { subscription, epoch, heads, resumed } = await this.delivery.subscribe({
      channels,
      positions: asked(sent, channels),
      credit: new DrainCredit(response, () => {
        if (stream.subscription !== undefined) this.delivery.resume(stream.subscription);
      }),
      sink: stream,
    });
    // The client may have gone while its position was checked. Changed channels are left to `follow` below.
    if (!stream.isOpen) {
      this.delivery.unsubscribe(subscription);
      return;
    }
    stream.subscription = subscription;
    stream.position = new StreamPosition(epoch, sent, heads);
    const { username, expiresAt } = stream.principal;
    stream.welcome({ user: { username }, epoch, resumed, heads, expiresAt: new Date(expiresAt).toISOString() });
    this.memberships.follow(stream);
  }
}
