import { Injectable } from '@nestjs/common';
import { userChannel } from '../../../protocol/channels.js';
import {
  DEFAULT_PREFERENCES,
  type Preferences,
  PREFERENCES_MAX_BYTES,
  type PreferencesAnswer,
} from '../../../protocol/preferences.js';
import { newId } from '../repository/new-id.js';
import { NotificationRepository } from '../repository/notification-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { preferencesTooLarge } from './preferences-refusals.js';

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

  /** Changes what is given, keeps the rest as it was, and tells every page of theirs. @throws Refusal preferences_too_large */
  async change(username: string, change: Partial<Preferences>): Promise<Preferences> {
    const preferences = await this.repository.update(username, (before = DEFAULT_PREFERENCES) =>
      checkSize({ ...before, ...change, filters: change.filters ?? before.filters }),
    );
    await this.log.append([userChannel(username)], {
      event: 'preferences',
      data: { id: newId(), lane: 'medium', preferences },
    });
    return preferences;
  }
}

/** Each part of them may come in a request of its own. @throws Refusal preferences_too_large */
function checkSize(preferences: Preferences): Preferences {
  if (Buffer.byteLength(JSON.stringify(preferences)) > PREFERENCES_MAX_BYTES) throw preferencesTooLarge();
  return preferences;
}
