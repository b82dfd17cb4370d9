import type { Preferences } from '@herald/protocol';

/**
 * Each person's preferences. Every adapter guarantees:
 * - a stored object does not change with an object that was passed in or returned.
 * - `update` is atomic: of two at once, the second sees what the first has stored.
 */
export abstract class PreferencesRepository {
  abstract find(username: string): Promise<Preferences | undefined>;
  /**
   * Stores the result of `change`, and appends an entry `preferences` with it to the person's channel, in one
   * transaction: so the last entry is what is stored. If `change` throws, nothing is stored, and its error is passed
   * on.
   * @param change a pure function; it may be called several times
   * @returns the result, once it is stored
   */
  abstract update(username: string, change: (before: Preferences | undefined) => Preferences): Promise<Preferences>;
}
