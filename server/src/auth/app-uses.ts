import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { setImmediate } from 'node:timers/promises';
import { AppRepository, type AppUse } from '../repository/app-repository.js';

/** Least time between two stored uses of one app, in milliseconds. */
const NOTED_EVERY_MS = 60_000;
/** Apps whose last note is remembered. */
const REMEMBERED_MAX = 10_000;
/** Uses stored in one transaction. */
const AT_ONCE = 500;

/** Stores when and from where keys were last used: once a minute for each app, and those of many apps together. */
@Injectable()
export class AppUses {
  readonly #logger = new Logger(AppUses.name);
  /** Monotonic instant of the last note, by the id of the app. */
  readonly #notedAt = new LRUCache<number, number>({ max: REMEMBERED_MAX });
  #waiting: AppUse[] = [];
  #isStoring = false;

  constructor(private readonly apps: AppRepository) {}

  /** Notes a use; an app's first one in a minute is stored. @param from address of the client */
  note(id: number, from: string): void {
    const now = performance.now();
    if (now - (this.#notedAt.get(id) ?? -Infinity) < NOTED_EVERY_MS) return;
    this.#notedAt.set(id, now);
    this.#waiting.push({ id, at: new Date().toISOString(), from });
    if (!this.#isStoring) void this.#store();
  }

  async #store(): Promise<void> {
    this.#isStoring = true;
    while (this.#waiting.length > 0) {
      // Uses of the same turn are stored together, and a store in memory answers in the same turn.
      await setImmediate();
      const uses = this.#waiting.slice(0, AT_ONCE);
      this.#waiting = this.#waiting.slice(AT_ONCE);
      try {
        await this.apps.noteUses(uses);
      } catch (error) {
        // The next note is in a minute; until then the last use stays as it was.
        this.#logger.warn(`The last uses of ${uses.length} keys were not stored: ${String(error)}`);
      }
    }
    this.#isStoring = false;
  }
}
