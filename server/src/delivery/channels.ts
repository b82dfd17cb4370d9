import type { NotificationRepository } from '../repository/notification-repository.js';
import { Channel } from './channel.js';
import type { Subscription } from './connection/subscription.js';

/** The channels that have a subscription here. */
export class Channels {
  readonly #open = new Map<string, Channel>();

  constructor(private readonly repository: NotificationRepository) {}

  get(name: string): Channel | undefined {
    return this.#open.get(name);
  }

  /** Opens channels for as long as `use` takes, and keeps those open that have a subscription then. */
  async whileOpen<Result>(
    names: readonly string[],
    use: (channels: Channel[]) => Result | Promise<Result>,
  ): Promise<Result> {
    const channels = names.map((name) => this.#enter(name));
    try {
      await Promise.all(channels.map((channel) => channel.open(this.repository)));
      return await use(channels);
    } finally {
      for (const channel of channels) {
        channel.arriving -= 1;
        this.#closeIfUnused(channel);
      }
    }
  }

  leave(subscription: Subscription, name: string): void {
    const channel = this.#open.get(name);
    channel?.subscriptions.delete(subscription);
    if (channel !== undefined) this.#closeIfUnused(channel);
  }

  #enter(name: string): Channel {
    const channel = this.#open.get(name) ?? new Channel(name);
    channel.arriving += 1;
    this.#open.set(name, channel);
    return channel;
  }

  #closeIfUnused(channel: Channel): void {
    if (!channel.isUsed) this.#open.delete(channel.name);
  }
}
