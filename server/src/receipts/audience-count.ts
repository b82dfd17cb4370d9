import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { channelsOf, parseChannel } from '../../../protocol/channels.js';
import type { Recipients } from '../repository/receipt-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { RecipientSet } from './recipient-set.js';

/** Audiences that are remembered between changes of accounts. */
const REMEMBERED_MAX = 1000;

/** Counts the people behind an audience, once for each audience until an account changes. */
@Injectable()
export class AudienceCount implements OnModuleInit, OnModuleDestroy {
  readonly #counted = new Map<string, Promise<Recipients>>();
  /** Names are never given again, so neither are numbers. */
  readonly #numbers = new Map<string, number>();
  #unsubscribe?: () => void;

  constructor(private readonly users: UserRepository) {}

  onModuleInit(): void {
    this.#unsubscribe = this.users.onChanged(() => this.#counted.clear());
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
  }

  of(audience: readonly string[]): Promise<Recipients> {
    // In another order it is the same audience.
    const key = audience.toSorted().join(' ');
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    if (this.#counted.size >= REMEMBERED_MAX) this.#counted.clear();
    const counted = this.#count(audience);
    this.#counted.set(key, counted);
    counted.catch(() => this.#counted.delete(key));
    return counted;
  }

  async #count(audience: readonly string[]): Promise<Recipients> {
    return new RecipientSet(await this.#usernamesOf(new Set(audience)), this.#numberOf);
  }

  /** In slices: there may be thousands of accounts, and a batch may have a thousand audiences. */
  async #usernamesOf(channels: ReadonlySet<string>): Promise<string[]> {
    const usernames: string[] = [];
    for (const user of await this.#candidates(channels)) {
      if (channelsOf(user).some((channel) => channels.has(channel))) usernames.push(user.username);
      if (loopShare.isUsedUp()) await loopShare.next();
    }
    return usernames;
  }

  async #candidates(channels: ReadonlySet<string>): Promise<User[]> {
    const named = [...channels].map(parseChannel).map((channel) => (channel?.kind === 'user' ? channel.name : undefined));
    if (named.includes(undefined)) return this.users.list();
    const found = await Promise.all(named.toSorted().map((name) => this.users.find(name ?? '')));
    return found.filter((user) => user !== undefined);
  }

  readonly #numberOf = (username: string): number => {
    const number = this.#numbers.get(username) ?? this.#numbers.size;
    this.#numbers.set(username, number);
    return number;
  };
}
