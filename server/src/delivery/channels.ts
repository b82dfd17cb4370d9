import type { NotificationRepository } from '../repository/notification-repository.js';
import { Channel } from './channel.js';
import type { Subscription } from './subscription.js';

/** Channels whose frames are kept for when all connections are cut at once, and come back together. */
const MAX_DESERTED = 4;
/** It does not pay for fewer. */
const SHARED_FROM = 8;

/** The channels that someone here is subscribed to. */
export class Channels {
  readonly #open = new Map<string, Channel>();
  /** Those that all have left. */
  readonly #deserted = new Set<Channel>();

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
        this.#closeIfDeserted(channel);
      }
    }
  }

  leave(subscription: Subscription, name: string): void {
    const channel = this.#open.get(name);
    channel?.subscriptions.delete(subscription);
    if (channel !== undefined) this.#closeIfDeserted(channel);
  }

  #enter(name: string): Channel {
    const channel = this.#open.get(name) ?? new Channel(name);
    channel.arriving += 1;
    this.#open.set(name, channel);
    this.#deserted.delete(channel);
    return channel;
  }

  #closeIfDeserted(channel: Channel): void {
    if (!channel.isDeserted || this.#open.get(channel.name) !== channel) return;
    if (channel.sharers >= SHARED_FROM) this.#keepDeserted(channel);
    else this.#open.delete(channel.name);
  }

  #keepDeserted(channel: Channel): void {
    this.#deserted.add(channel);
    if (this.#deserted.size <= MAX_DESERTED) return;
    const leastShared = [...this.#deserted].reduce((least, each) => (each.sharers < least.sharers ? each : least));
    this.#deserted.delete(leastShared);
    this.#open.delete(leastShared.name);
  }
}
