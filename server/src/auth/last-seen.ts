import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type User, UserRepository } from '../repository/user-repository.js';

/** Least time between two stored instants of one person, in milliseconds. */
export const LAST_SEEN_EVERY_MS = 3_600_000;
/** People whose last note is remembered. For one who is forgotten, the account is read once more. */
const REMEMBERED_MAX = 20_000;

/**
 * Stores when people were last connected, to the hour, with at most one write for each person and hour. The writes
 * follow one another, so that thousands who reconnect at once cause no burst.
 */
@Injectable()
export class LastSeen {
  readonly #logger = new Logger(LastSeen.name);
  /** Instant of the last note, in milliseconds since 1970. */
  readonly #notedAt = new LRUCache<string, number>({ max: REMEMBERED_MAX });
  readonly #waiting = new Set<string>();
  #isStoring = false;

  constructor(private readonly users: UserRepository) {}

  /** Notes that a person is connected; the first note in an hour is stored. */
  note(username: string): void {
    const now = Date.now();
    if (now - (this.#notedAt.get(username) ?? 0) < LAST_SEEN_EVERY_MS) return;
    this.#notedAt.set(username, now);
    this.#waiting.add(username);
    if (!this.#isStoring) void this.#store();
  }

  async #store(): Promise<void> {
    this.#isStoring = true;
    for (const username of this.#waiting) {
      this.#waiting.delete(username);
      try {
        await this.users.update(username, (user) => seenAt(user, Date.now()));
      } catch (error) {
        // The next note is in an hour; until then the instant stays as it was.
        this.#logger.warn(`The last connection of a person was not stored: ${String(error)}`);
      }
      // A store in memory answers in the same turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isStoring = false;
  }
}

function seenAt(user: User, now: number): User {
  const stored = user.lastSeenAt === undefined ? 0 : Date.parse(user.lastSeenAt);
  return now - stored < LAST_SEEN_EVERY_MS ? user : { ...user, lastSeenAt: new Date(now).toISOString() };
}
