import { Channel } from './channel.js';
import type { Subscription } from './connection/subscription.js';
import type { LogReader } from './log/log-reader.js';
import type { DeliveryTotals } from './totals.js';

/** The channels that have a subscription here. */
export class Channels {
  readonly #open = new Map<string, Channel>();

  constructor(
    private readonly log: LogReader,
    private readonly totals: DeliveryTotals,
  ) {}

  get names(): string[] {
    return [...this.#open.keys()];
  }

  get subscriptions(): Set<Subscription> {
    return new Set([...this.#open.values()].flatMap(({ subscriptions }) => [...subscriptions.keys()]));
  }

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
      this.#readHeads(channels.filter(({ opening }) => opening === undefined));
      await Promise.all(channels.flatMap(({ opening }) => opening ?? []));
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
    channel?.remove(subscription);
    if (channel !== undefined) this.#closeIfUnused(channel);
  }

  /** Entries may be appended meanwhile. */
  #readHeads(channels: readonly Channel[]): void {
    if (channels.length === 0) return;
    const opening = this.log.heads(channels.map(({ name }) => name)).then((heads) => {
      for (const channel of channels) {
        const own = heads.get(channel.name);
        if (own === undefined) throw new Error(`the store told no heads of ${channel.name}`);
        channel.openAt(own);
      }
    });
    for (const channel of channels) channel.opening = opening;
    // The next subscription tries again.
    opening.catch(() => channels.forEach((channel) => (channel.opening = undefined)));
  }

  #enter(name: string): Channel {
    const channel = this.#open.get(name) ?? new Channel(name, this.totals);
    channel.arriving += 1;
    this.#open.set(name, channel);
    return channel;
  }

  #closeIfUnused(channel: Channel): void {
    if (!channel.isUsed) this.#open.delete(channel.name);
  }
}
