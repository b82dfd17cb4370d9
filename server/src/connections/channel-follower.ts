import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { isInvalidToken } from '../auth/auth-refusals.js';
import { ChannelsOfUser } from '../auth/channels-of-user.js';
import { StoreUnavailable } from '../repository/store-errors.js';
import { DeliveryEngine, type Subscribed, type SubscribeOptions } from '../delivery/delivery-engine.js';
import { tokenRefused } from './closes.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

/** Pause before the channels are read again from a store that does not work. */
const FOLLOW_AGAIN_MS = 1000;

/** The part of a subscription that its transport decides. */
export type TransportOptions = Pick<SubscribeOptions, 'positions' | 'window' | 'username'>;

/**
 * Subscribes each connection to the channels of its user, and keeps it subscribed to the current ones. Closes a
 * connection when its account is removed, its key is revoked, or its sign-in is, alone or with all others of the account.
 */
@Injectable()
export class ChannelFollower implements OnModuleInit, OnModuleDestroy {
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

  /**
   * Subscribes a connection. Never rejects: if the log can't be read, the connection fails, and the client reconnects.
   * @param optionsFor receives the channels of the user
   * @param welcome is called once the connection is subscribed, before anything else is written to it; it is not called
   * if the token was refused, or the client has left meanwhile
   */
  async begin(
    connection: Connection,
    optionsFor: (channels: readonly string[]) => TransportOptions | Promise<TransportOptions>,
    welcome: (subscribed: Subscribed) => void,
  ): Promise<void> {
    try {
      const channels = await this.#channelsOrClose(connection);
      if (channels === undefined) return;
      const options = await optionsFor(channels);
      const subscribed = await this.delivery.subscribe({ channels, sink: connection, ...options });
      connection.subscription = subscribed.subscription;
      if (!connection.isOpen) {
        this.delivery.unsubscribe(subscribed.subscription);
        return;
      }
      welcome(subscribed);
      // The channels may have changed since they were looked up.
      this.follow(connection);
    } catch (error) {
      connection.fail(error);
    }
  }

  /**
   * Applies the user's current channels, after earlier calls for this connection: the last one sees the final state.
   */
  follow(connection: Connection): void {
    connection.following = connection.following.then(async () => {
      try {
        const channels = await this.#channelsOrClose(connection);
        const { subscription } = connection;
        if (channels !== undefined && subscription !== undefined) await this.delivery.follow(subscription, channels);
      } catch (error) {
        if (error instanceof StoreUnavailable) setTimeout(() => this.#followAgain(connection), FOLLOW_AGAIN_MS).unref();
        else connection.fail(error);
      }
    });
  }

  #followAgain(connection: Connection): void {
    if (connection.isOpen) this.follow(connection);
  }

  /** Continues delivery, since the connection may have room again. */
  resume({ subscription }: Connection): void {
    if (subscription !== undefined) this.delivery.resume(subscription);
  }

  /** Ends the subscription of a connection that has closed. */
  end({ subscription }: Connection): void {
    if (subscription !== undefined) this.delivery.unsubscribe(subscription);
  }

  /** The channels of the user. Closes the connection and returns undefined if its token is not valid. */
  async #channelsOrClose(connection: Connection): Promise<string[] | undefined> {
    try {
      const { principal } = connection;
      const current = await this.channels.currentPrincipal(principal);
      if (current !== principal) connection.principal = current;
      return await this.channels.channelsOf(current);
    } catch (error) {
      if (!isInvalidToken(error)) throw error;
      connection.close(tokenRefused(error));
      return undefined;
    }
  }
}
