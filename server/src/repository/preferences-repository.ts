import type { Preferences } from '../../../protocol/preferences.js';

/** What each person has chosen. Nothing that is kept changes with an object that was handed in or out. */
export abstract class PreferencesRepository {
  abstract find(username: string): Promise<Preferences | undefined>;
  /** Replaces all that this person had chosen; resolves once it is stored. */
  abstract save(username: string, preferences: Preferences): Promise<void>;
}
