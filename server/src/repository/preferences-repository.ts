import type { Preferences } from '../../../protocol/preferences.js';

/**
 * What each person has chosen. What every adapter guarantees:
 * - nothing that is kept changes with an object that was handed in or out.
 * - `update` is atomic: of two at once, the second sees what the first has stored.
 */
export abstract class PreferencesRepository {
  abstract find(username: string): Promise<Preferences | undefined>;
  /**
   * Stores what `change` makes of what this person had chosen. What it throws is passed on, and nothing is stored.
   * @returns that, once it is stored
   */
  abstract update(username: string, change: (before: Preferences | undefined) => Preferences): Promise<Preferences>;
  /** Drops all that a person has chosen, for one who is no longer there. */
  abstract forget(username: string): Promise<void>;
}
