import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHmac, randomBytes } from 'node:crypto';
import { isRefusal } from '../http/refusal/refusal.js';
import { AuthService } from './auth.service.js';
import { basicRefused, invalidCredentials, isInvalidToken } from './auth-refusals.js';
import { PASSWORD_MAX, USERNAME_MAX } from './login.dto.js';
import { networkOf } from './network-of.js';
import type { Principal } from './principal.js';
import { TokenService } from './token.service.js';

/** Remembered sign-ins; the least recently used one is dropped and checked again. */
const REMEMBERED_MAX = 10_000;

/** A name and a password, as a request gives them. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Signs in the users of requests with a name and a password. The first request is a sign-in, which is throttled like
 * any other. The token that it gets is kept for the next ones from the same network, so they cost no hash until the
 * token expires or is revoked.
 */
@Injectable()
export class BasicSignIns {
  /** Tokens by name, password and network, under a secret of this process, so that no password is kept. */
  readonly #tokens = new LRUCache<string, Promise<string>>({ max: REMEMBERED_MAX });
  readonly #secret = randomBytes(32);

  constructor(
    private readonly auth: AuthService,
    private readonly tokens: TokenService,
  ) {}

  /**
   * @param address where the request came from, for the throttle
   * @throws Refusal invalid_credentials | too_many_failed_sign_ins | too_many_sign_ins | sign_ins_busy
   */
  async principalOf(credentials: BasicCredentials, address: string): Promise<Principal> {
    try {
      return await this.#principalOf(credentials, address);
    } catch (error) {
      throw isRefusal(error, 'invalid_credentials') ? basicRefused() : error;
    }
  }

  async #principalOf({ username, password }: BasicCredentials, address: string): Promise<Principal> {
    if (username.length > USERNAME_MAX || password === '' || password.length > PASSWORD_MAX) throw invalidCredentials();
    const account = username.normalize('NFC');
    // Check the throttle first: otherwise, while all else is refused, an answer to the remembered password would reveal
    // that it is right.
    await this.auth.checkThrottle(account, address);
    const name = this.#nameOf(account, password, networkOf(address));
    const known = this.#tokens.get(name);
    if (known === undefined) return this.tokens.verify(await this.#signIn(name, account, password, address));
    try {
      return await this.tokens.verify(await known);
    } catch (error) {
      if (!isInvalidToken(error)) throw error;
      if (this.#tokens.get(name) === known) this.#tokens.delete(name);
      return this.#principalOf({ username, password }, address);
    }
  }

  /** Requests that arrive meanwhile share the sign-in. A refused one is not kept. */
  #signIn(name: string, username: string, password: string, address: string): Promise<string> {
    const token = this.auth.login(username, password, address).then((issued) => issued.token);
    this.#tokens.set(name, token);
    token.catch(() => this.#tokens.get(name) === token && this.#tokens.delete(name));
    return token;
  }

  #nameOf(...parts: [username: string, password: string, network: string]): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64url');
  }
}
