import { InMemoryNotificationRepository } from '../../src/repository/in-memory/in-memory-notification-repository.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';
import { openStore } from '../../src/repository/repository.module.js';
import type { Store } from '../../src/repository/store.js';

/** Small, so that retention trims entries that a slow client still needs. */
const HISTORY_LIMIT = 120;

/** The logs that a server has one after the other. */
export interface ModelLogs {
  /** Whether reads end in the turn in which they begin, so that they show exactly what was stored before. */
  readonly areImmediate: boolean;
  /** A log of another epoch. */
  begin(): Promise<NotificationRepository>;
  /** The log after a restart of the server. */
  reopen(): Promise<NotificationRepository>;
  close(): Promise<void>;
}

/** A restart forgets everything. */
export class LogsInMemory implements ModelLogs {
  readonly areImmediate = true;

  begin(): Promise<NotificationRepository> {
    return Promise.resolve(new InMemoryNotificationRepository(HISTORY_LIMIT));
  }

  reopen(): Promise<NotificationRepository> {
    return this.begin();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A restart opens the same store again. */
export class DurableLogs implements ModelLogs {
  readonly areImmediate = false;
  #url = '';
  #store: Store | undefined;

  /** @param nextUrl of a database that has nothing yet */
  constructor(private readonly nextUrl: () => string | Promise<string>) {}

  async begin(): Promise<NotificationRepository> {
    this.#url = await this.nextUrl();
    return this.reopen();
  }

  async reopen(): Promise<NotificationRepository> {
    await this.close();
    this.#store = await openStore({ url: this.#url, listenUrl: undefined }, { count: HISTORY_LIMIT, bytes: 1e9 });
    return this.#store.notifications;
  }

  async close(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
  }
}
