import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { userChannel } from '../../../protocol/channels.js';
import { DEFAULT_PREFERENCES, type Preferences, type PreferencesAnswer } from '../../../protocol/preferences.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';

/** What may draw each person's attention, and what they have saved. */
@Injectable()
export class PreferencesService {
  constructor(
    private readonly repository: PreferencesRepository,
    private readonly log: NotificationRepository,
  ) {}

  /** What this person has chosen; or the defaults, marked as such. */
  async of(username: string): Promise<PreferencesAnswer> {
    return (await this.repository.find(username)) ?? { ...DEFAULT_PREFERENCES, untouched: true };
  }

  /** Changes what is given, keeps the rest as it was, and tells every page of theirs. */
  async change(username: string, change: Partial<Preferences>): Promise<Preferences> {
    const before = (await this.repository.find(username)) ?? DEFAULT_PREFERENCES;
    const preferences = { ...before, ...change, filters: change.filters ?? before.filters };
    await this.repository.save(username, preferences);
    await this.log.append([userChannel(username)], {
      event: 'preferences',
      data: { id: uuidv7(), lane: 'medium', preferences },
    });
    return preferences;
  }
}
