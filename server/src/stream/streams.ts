import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOSE_DRAINING, CLOSE_UNAUTHENTICATED } from '../../../protocol/close-codes.js';
import { ChannelsOfUser } from '../auth/channels-of-user.js';
import { Environment } from '../config/environment.js';
import { Memberships } from '../gateway/memberships.js';
import type { EventStream } from './event-stream.js';

const SWEEP_MS = 1000;

/** The event streams of this process. One timer sends their heartbeats, and ends streams whose token has expired. */
@Injectable()
export class Streams implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #open = new Set<EventStream>();
  #timer?: NodeJS.Timeout;
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly environment: Environment,
    private readonly channels: ChannelsOfUser,
    private readonly memberships: Memberships,
  ) {}

  get size(): number {
    return this.#open.size;
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS).unref();
    this.#unsubscribe = this.channels.onChanged((username) => {
      for (const stream of this.#open) if (stream.principal.username === username) this.memberships.follow(stream);
    });
  }

  /** Sends `bye` to all streams, so that clients see a planned close and spread out their reconnects. */
  onModuleDestroy(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
    for (const stream of this.#open) stream.close(CLOSE_DRAINING, 'the server is stopping');
  }

  add(stream: EventStream): void {
    this.#open.add(stream);
  }

  remove(stream: EventStream): void {
    this.#open.delete(stream);
  }

  #sweep(): void {
    const [today, now] = [Date.now(), performance.now()];
    for (const stream of this.#open) {
      if (stream.principal.expiresAt <= today) stream.close(CLOSE_UNAUTHENTICATED, 'the token has expired');
      else if (now - stream.lastSentAt >= this.environment.HEARTBEAT_MS) stream.heartbeat();
    }
  }
}
