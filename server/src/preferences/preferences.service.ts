import { Injectable } from '@nestjs/common';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../protocol/preferences.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';

/** What may draw each person's attention. */
@Injectable()
export class PreferencesService {
  constructor(private readonly repository: PreferencesRepository) {}

  /** What this person has chosen, or the defaults. */
  async of(username: string): Promise<Preferences> {
    return (await this.repository.find(username)) ?? DEFAULT_PREFERENCES;
  }

  /** Replaces what this person had chosen. */
  async change(username: string, preferences: Preferences): Promise<Preferences> {
    await this.repository.save(username, preferences);
    return preferences;
  }
}
