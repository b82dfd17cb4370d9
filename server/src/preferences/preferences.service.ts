import { DEFAULT_PREFERENCES, type Preferences, PREFERENCES_MAX_BYTES, type PreferencesAnswer } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { preferencesTooLarge } from './preferences-refusals.js';

/** Reads and changes each person's preferences and saved filters. */
@Injectable()
export class PreferencesService {
  constructor(private readonly repository: PreferencesRepository) {}

  /** The person's preferences, or the defaults with `untouched`. */
  async of(username: string): Promise<PreferencesAnswer> {
    return (await this.repository.find(username)) ?? { ...DEFAULT_PREFERENCES, untouched: true };
  }

  /** Changes the given fields only, and notifies the person's open pages. @throws Refusal preferences_too_large */
  change(username: string, change: Partial<Preferences>): Promise<Preferences> {
    return this.repository.update(username, (before = DEFAULT_PREFERENCES) =>
      checkSize({ ...before, ...change, filters: change.filters ?? before.filters }),
    );
  }
}

/** Checks the total size, since each part may come in a separate request. @throws Refusal preferences_too_large */
function checkSize(preferences: Preferences): Preferences {
  if (Buffer.byteLength(JSON.stringify(preferences)) > PREFERENCES_MAX_BYTES) throw preferencesTooLarge();
  return preferences;
}
