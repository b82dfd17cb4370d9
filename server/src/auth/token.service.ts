import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { randomUUID } from 'node:crypto';
import { Environment } from '../config/environment.js';
import { Refusal } from '../http/refusal/refusal.js';
import { Store } from '../repository/store.js';
import type { User } from '../repository/user-repository.js';
import { accountOfToken } from './account-of.js';
import { AppKeys } from './app-keys.js';
import { invalidToken, isInvalidToken, readingKey, sendingKey, signInForgotten } from './auth-refusals.js';
import type { Principal } from './principal.js';
import { generationOf, withoutSession } from './signed-out.js';
import { hasClaims, readClaims, type TokenClaims } from './token-claims.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Clients renew a token in its last 5 minutes, or in the last tenth of its lifetime if that is shorter. */
const RENEW_WITHIN_MS = 5 * 60 * 1000;
const RENEW_WITHIN_SHARE = 0.1;
/** A token can be renewed this long after the sign-in, so that a stolen one does not last for ever. */
const SIGN_IN_DAYS = 30;
const DAY_MS = 86_400_000;
const NOT_VALID = 'The token is not valid';

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

/** Issues and checks access tokens, for HTTP and for WebSocket alike. */
@Injectable()
export class TokenService {
  constructor(
    private readonly jwt: JwtService,
    private readonly store: Store,
    private readonly environment: Environment,
    private readonly verified: VerifiedTokens,
    private readonly keys: AppKeys,
  ) {}

  /** Time before its expiry from which a token should be renewed, in milliseconds. */
  get renewWithinMs(): number {
    return Math.min(RENEW_WITHIN_MS, this.environment.TOKEN_TTL_SECONDS * 1000 * RENEW_WITHIN_SHARE);
  }

  /**
   * Issues a token after a successful password check.
   * @param user the account as the check has read it: if its tokens were revoked since, for example by a password
   * change, the new token is invalid, too
   */
  issue(user: User): Promise<IssuedToken> {
    return this.#issue(user, randomUUID(), Date.now());
  }

  /**
   * Issues a fresh token for a valid one.
   * @throws Refusal invalid_token when the token was revoked meanwhile, or its person signed in too long ago
   */
  async renew(principal: Principal): Promise<IssuedToken> {
    const user = await accountOfToken(principal, this.store.users);
    if (Date.now() - principal.signedInAt >= SIGN_IN_DAYS * DAY_MS) {
      throw invalidToken(`You signed in ${SIGN_IN_DAYS} days ago; sign in again`);
    }
    return this.#issue(user, principal.sessionId, principal.signedInAt);
  }

  /**
   * @throws Refusal invalid_token when the token is absent, malformed, expired or revoked, has a wrong signature, or
   * belongs to a removed account | sign_in_forgotten when it belongs to another store
   */
  async verify(token: string | undefined): Promise<Principal> {
    if (token === undefined || token === '') throw invalidToken('A bearer token is required');
    return this.recall(token) ?? this.accept(token, await this.#check(token));
  }

  /**
   * Why the key of an app is no token.
   * @param address of the client
   * @returns wrong_scope
   * @throws Refusal invalid_token when it is no valid key | too_many_failed_sign_ins
   */
  async refusalOfKey(key: string, address: string): Promise<Refusal> {
    const { scope } = await this.keys.check(key, address);
    return scope === 'send' ? sendingKey() : readingKey();
  }

  /**
   * The principal of a token that was accepted before; undefined if the token has to be checked.
   * @throws Refusal invalid_token when it is no longer valid
   */
  recall(token: string): Promise<Principal> | undefined {
    const known = this.verified.recall(token);
    return known === undefined ? undefined : this.#withAccount(known);
  }

  /**
   * Accepts a token and remembers it.
   * @param payload claims of the token; the caller has checked its signature
   * @throws Refusal invalid_token | sign_in_forgotten
   */
  async accept(token: string, payload: unknown): Promise<Principal> {
    const claims = readClaims(payload);
    if (claims === undefined) throw invalidToken(NOT_VALID);
    // A store in memory forgets revoked sign-ins and changed passwords when the server restarts.
    if (claims.storeId !== this.store.id) throw signInForgotten();
    const principal = await this.#withAccount(claims.principal);
    this.verified.remember(token, principal);
    return principal;
  }

  /**
   * Revokes the sign-in of this token, with all tokens renewed from it.
   * @throws Refusal invalid_token when the account was removed
   */
  async signOut(principal: Principal): Promise<void> {
    const lifetimeMs = this.environment.TOKEN_TTL_SECONDS * 1000;
    const user = await this.store.users.update(principal.username, (known) =>
      withoutSession(known, principal, lifetimeMs),
    );
    if (user === undefined) throw invalidToken('The account of this token no longer exists');
  }

  async #issue(user: User, sessionId: string, signedInAt: number): Promise<IssuedToken> {
    const expiresInSeconds = this.environment.TOKEN_TTL_SECONDS;
    const iat = Math.floor(Date.now() / 1000);
    const claims: TokenClaims = {
      sub: user.username,
      iat,
      exp: iat + expiresInSeconds,
      auth_time: Math.floor(signedInAt / 1000),
      jti: randomUUID(),
      sid: sessionId,
      gen: generationOf(user),
      store: this.store.id,
    };
    return { token: await this.jwt.signAsync(claims), expiresInSeconds };
  }

  async #check(token: string): Promise<unknown> {
    if (!hasClaims(token)) throw invalidToken(NOT_VALID);
    try {
      return await this.jwt.verifyAsync<TokenClaims>(token);
    } catch (error) {
      throw describeRefusal(error);
    }
  }

  async #withAccount(principal: Principal): Promise<Principal> {
    await accountOfToken(principal, this.store.users);
    return principal;
  }
}

/** Reveals only whether the token has expired or is not valid. */
export function describeRefusal(reason: unknown): Refusal {
  if (isInvalidToken(reason)) return reason;
  const expired = reason instanceof Error && reason.name === TokenExpiredError.name;
  return invalidToken(expired ? 'The token has expired' : NOT_VALID);
}
