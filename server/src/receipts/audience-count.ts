import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { channelsOf } from '../../../protocol/channels.js';
import type { Recipients } from '../repository/receipt-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
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
    const key = audience.join(' ');
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    if (this.#counted.size >= REMEMBERED_MAX) this.#counted.clear();
    const counted = this.#count(audience);
    this.#counted.set(key, counted);
    counted.catch(() => this.#counted.delete(key));
    return counted;
  }

  async #count(audience: readonly string[]): Promise<Recipients> {
    const channels = new Set(audience);
    const isMeant = (user: User): boolean => channelsOf(user).some((channel) => channels.has(channel));
    const usernames = (await this.users.list()).filter(isMeant).map(({ username }) => username);
    return new RecipientSet(usernames, this.#numberOf);
  }

  readonly #numberOf = (username: string): number => {
    const number = this.#numbers.get(username) ?? this.#numbers.size;
    this.#numbers.set(username, number);
    return number;
  };
}
