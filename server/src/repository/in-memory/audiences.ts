import { channelsOf } from '@herald/protocol';
import { LRUCache } from 'lru-cache';
import type { Recipients } from '../receipt-repository.js';
import type { User } from '../user-repository.js';
import { Members } from './members.js';
import { Numbers } from './numbers.js';
import { RecipientSet } from './recipient-set.js';

/** Cached audiences, so that notifications to the same people share one set of recipients. */
const SHARED_MAX = 100;

/**
 * The people in each channel. It follows account changes, so the recipients of an audience take microseconds to find.
 */
export class Audiences {
  readonly #numbers = new Numbers();
  readonly #members = new Map<string, Members>();
  readonly #channels = new Map<string, readonly string[]>();
  /** Recipients by audience, until somebody joins or leaves a channel. */
  readonly #shared = new LRUCache<string, RecipientSet>({ max: SHARED_MAX });

  /** The people who are in any of these channels now. */
  recipientsOf(channels: readonly string[]): Recipients {
    const key = channels.join(' ');
    const members = channels.flatMap((channel) => this.#members.get(channel) ?? []);
    const recipients = this.#shared.get(key) ?? new RecipientSet(members, this.#numbers);
    this.#shared.set(key, recipients);
    return recipients;
  }

  /** Call this after each change of an account. @param user undefined if removed */
  note(username: string, user: User | undefined): void {
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
