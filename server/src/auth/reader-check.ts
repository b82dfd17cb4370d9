import { Injectable } from '@nestjs/common';
import { appKeyIn, hashOfKey } from './app-key.js';
import { AppKeys } from './app-keys.js';
import { principalOf } from './app-principal.js';
import { AppUses } from './app-uses.js';
import type { Principal } from './principal.js';
import { TokenService } from './token.service.js';

/** Finds out who reads notifications: a user by a token, or the owner of an app by its key. */
@Injectable()
export class ReaderCheck {
  constructor(
    private readonly keys: AppKeys,
    private readonly uses: AppUses,
    private readonly tokens: TokenService,
  ) {}

  /**
   * @param token of a sign-in, or the key of an app
   * @param from address of the client
   * @throws Refusal invalid_token | sign_in_forgotten | wrong_scope | too_many_failed_sign_ins
   */
  async verify(token: string | undefined, from: string): Promise<Principal> {
    const key = appKeyIn(token ?? '');
    if (key === undefined) return this.tokens.verify(token);
    const app = await this.keys.check(key, from);
    const principal = principalOf(app, hashOfKey(key));
    this.uses.note(app.id, from);
    return principal;
  }
}
