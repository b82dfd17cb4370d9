import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { userChannel } from '../../../protocol/channels.js';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../protocol/preferences.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';

/** What may draw each person's attention. */
@Injectable()
export class PreferencesService {
  constructor(
    private readonly repository: PreferencesRepository,
    private readonly log: NotificationRepository,
  ) {}

  /** What this person has chosen, or the defaults. */
  async of(username: string): Promise<Preferences> {
    return (await this.repository.find(username)) ?? DEFAULT_PREFERENCES;
  }

  /** Replaces what this person had chosen, and tells every page of theirs. */
  async change(username: string, preferences: Preferences): Promise<Preferences> {
    await this.repository.save(username, preferences);
    await this.log.append([userChannel(username)], {
      event: 'preferences',
      data: { id: uuidv7(), lane: 'medium', preferences },
    });
    return preferences;
  }
}
