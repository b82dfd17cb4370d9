import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { channelsOf } from '../../../protocol/channels.js';
import type { Recipients } from '../repository/receipt-repository.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { Members } from './members.js';
import { Numbers } from './numbers.js';
import { RecipientSet } from './recipient-set.js';

/** Cached audiences, so that notifications to the same people share one set of recipients. */
const SHARED_MAX = 100;

/** Counts the people in an audience, in microseconds for any number of accounts, since it follows account changes. */
@Injectable()
export class AudienceCount implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(AudienceCount.name);
  readonly #numbers = new Numbers();
  readonly #members = new Map<string, Members>();
  readonly #channels = new Map<string, readonly string[]>();
  /** Recipients by audience, until somebody joins or leaves a channel. */
  readonly #shared = new LRUCache<string, RecipientSet>({ max: SHARED_MAX });
  /** Settles when all account changes so far are processed. */
  #known: Promise<void> = Promise.resolve();
  #unsubscribe?: () => void;

  constructor(private readonly users: UserRepository) {}

  onModuleInit(): void {
    this.#unsubscribe = this.users.onChanged((username) =>
      this.#follow(async () => this.#note(username, await this.users.find(username))),
    );
    this.#follow(async () => {
      for (const user of await this.users.list()) this.#note(user.username, user);
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
  }

  async of(audience: readonly string[]): Promise<Recipients> {
    await this.#known;
    const key = audience.join(' ');
    const recipients =
      this.#shared.get(key) ??
      new RecipientSet(
        audience.flatMap((channel) => this.#members.get(channel) ?? []),
        this.#numbers,
      );
    this.#shared.set(key, recipients);
    return recipients;
  }

  #follow(change: () => Promise<void>): void {
    this.#known = this.#known.then(change).catch((error: unknown) => this.logger.error(error));
  }

  /** @param user undefined if removed */
  #note(username: string, user: User | undefined): void {
    const number = this.#numbers.of(username);
    const before = this.#channels.get(username) ?? [];
    const now = user === undefined ? [] : channelsOf(user);
    for (const channel of before) if (!now.includes(channel)) this.#leave(channel, number);
    for (const channel of now) if (!before.includes(channel)) this.#join(channel, number);
    if (user === undefined) this.#channels.delete(username);
    else this.#channels.set(username, now);
  }

  #join(channel: string, number: number): void {
    this.#shared.clear();
    const members = this.#members.get(channel) ?? new Members();
    this.#members.set(channel, members);
    members.add(number);
  }

  #leave(channel: string, number: number): void {
    this.#shared.clear();
    const members = this.#members.get(channel);
    members?.delete(number);
    if (members?.isEmpty === true) this.#members.delete(channel);
  }
}
