import { type Preferences, userChannel } from '@herald/protocol';
import { PreferencesRepository } from '../preferences-repository.js';
import type { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

/** Keeps preferences in memory, and appends their entries to `log`. */
export class InMemoryPreferencesRepository extends PreferencesRepository {
  readonly #preferences = new Map<string, Preferences>();

  constructor(private readonly log: InMemoryNotificationRepository) {
    super();
  }

  override find(username: string): Promise<Preferences | undefined> {
    return Promise.resolve(structuredClone(this.#preferences.get(username)));
  }

  override update(username: string, change: (before: Preferences | undefined) => Preferences): Promise<Preferences> {
    return new Promise((resolve) => {
      const preferences = structuredClone(change(structuredClone(this.#preferences.get(username))));
      this.#preferences.set(username, preferences);
      const data = { lane: 'medium' as const, preferences };
      this.log.appendNow([{ channels: [userChannel(username)], entry: { event: 'preferences', data } }]);
      resolve(structuredClone(preferences));
    });
  }

  /** Drops the preferences of a removed account. */
  forget(username: string): void {
    this.#preferences.delete(username);
  }
}
