import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CLOSE_UNAUTHENTICATED } from '../../../protocol/close-codes.js';
import { isInvalidToken } from '../auth/auth-refusals.js';
import { ChannelsOfUser } from '../auth/channels-of-user.js';
import type { Principal } from '../auth/principal.js';
import { DeliveryEngine } from '../delivery/delivery-engine.js';
import type { Subscription } from '../delivery/subscription.js';
import { Connections } from './connections.js';

/** A connection that follows its user's channels: a WebSocket or an event stream. */
export interface Member {
  readonly principal: Principal;
  readonly subscription: Subscription | undefined;
  /** Settles when the last change of its user's channels has been applied. */
  following: Promise<void>;
  close(code: number, reason: string): void;
  fail(): void;
}

/**
 * Keeps connections in the channels of their users. Closes a connection when its account is gone, or when its token is
 * revoked, alone or with all others of the user.
 */
@Injectable()
export class Memberships implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Memberships.name);
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly channels: ChannelsOfUser,
    private readonly connections: Connections,
    private readonly delivery: DeliveryEngine,
  ) {}

  onModuleInit(): void {
    this.#unsubscribe = this.channels.onChanged((username) => {
      for (const connection of this.connections.ofUser(username)) this.follow(connection);
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe();
  }

  /** The channels of the connection's user. Closes the connection and returns undefined if its token is not valid. */
  async channelsOf(connection: Member): Promise<string[] | undefined> {
    try {
      return await this.channels.channelsOf(connection.principal);
    } catch (error) {
      if (!isInvalidToken(error)) throw error;
      connection.close(CLOSE_UNAUTHENTICATED, error.message);
      return undefined;
    }
  }

  /** Applies the user's current channels after earlier updates of this connection: the last sees the final state. */
  follow(connection: Member): void {
    connection.following = connection.following.then(async () => {
      try {
        const channels = await this.channelsOf(connection);
        const { subscription } = connection;
        if (channels !== undefined && subscription !== undefined) await this.delivery.follow(subscription, channels);
      } catch (error) {
        this.logger.error(error);
        connection.fail();
      }
    });
  }
}
