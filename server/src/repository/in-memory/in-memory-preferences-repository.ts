import type { Preferences } from '../../../../protocol/preferences.js';
import { PreferencesRepository } from '../preferences-repository.js';

export class InMemoryPreferencesRepository extends PreferencesRepository {
  readonly #preferences = new Map<string, Preferences>();

  override find(username: string): Promise<Preferences | undefined> {
    return Promise.resolve(structuredClone(this.#preferences.get(username)));
  }

  override update(username: string, change: (before: Preferences | undefined) => Preferences): Promise<Preferences> {
    return new Promise((resolve) => {
      const preferences = structuredClone(change(structuredClone(this.#preferences.get(username))));
      this.#preferences.set(username, preferences);
      resolve(structuredClone(preferences));
    });
  }

  override forget(username: string): Promise<void> {
    this.#preferences.delete(username);
    return Promise.resolve();
  }
}
