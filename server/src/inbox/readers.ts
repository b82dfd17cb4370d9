import { channelsOf } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import type { Reader } from '../repository/inbox-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { UserRepository } from '../repository/user-repository.js';

/** Looks up a person's channels and muted categories, which decide what is in their inbox. */
@Injectable()
export class Readers {
  constructor(
    private readonly users: UserRepository,
    private readonly preferences: PreferencesRepository,
  ) {}

  /** @throws Refusal invalid_token when the account no longer exists */
  async of(username: string): Promise<Reader> {
    const channels = channelsOf(await accountOf({ username }, this.users));
    const rules = Object.entries((await this.preferences.find(username))?.categories ?? {});
    const muted = rules.filter(([, attention]) => attention === 'muted').map(([category]) => category);
    return { username, channels, muted };
  }
}
