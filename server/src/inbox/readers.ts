import { Injectable } from '@nestjs/common';
import { channelsOf } from '../../../protocol/channels.js';
import { accountOf } from '../auth/account-of.js';
import type { Reader } from '../repository/inbox-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { UserRepository } from '../repository/user-repository.js';

/** Says what decides about a person's inbox: what they may read, and what they have muted. */
@Injectable()
export class Readers {
  constructor(
    private readonly users: UserRepository,
    private readonly preferences: PreferencesRepository,
  ) {}

  /** @throws Refusal invalid_token when there is no such account any more */
  async of(username: string): Promise<Reader> {
    const channels = channelsOf(await accountOf({ username }, this.users));
    const rules = Object.entries((await this.preferences.find(username))?.categories ?? {});
    const muted = rules.filter(([, attention]) => attention === 'muted').map(([category]) => category);
    return { username, channels, muted };
  }
}
