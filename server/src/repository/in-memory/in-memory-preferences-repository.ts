import type { Preferences } from '../../../../protocol/preferences.js';
import { PreferencesRepository } from '../preferences-repository.js';

export class InMemoryPreferencesRepository extends PreferencesRepository {
  readonly #preferences = new Map<string, Preferences>();

  override find(username: string): Promise<Preferences | undefined> {
    return Promise.resolve(structuredClone(this.#preferences.get(username)));
  }

  override save(username: string, preferences: Preferences): Promise<void> {
    this.#preferences.set(username, structuredClone(preferences));
    return Promise.resolve();
  }
}
