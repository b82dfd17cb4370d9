import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { hash, randomUUID } from 'node:crypto';
import { Environment } from '../config/environment.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { accountOfToken } from './account-of.js';
import { InvalidTokenError } from './auth-errors.js';
import type { Principal, TokenClaims } from './principal.js';
import { withoutToken } from './signed-out.js';
import { VerifiedTokens } from './verified-tokens.js';

/** A client is asked to renew its token this long before it expires, in milliseconds, or in the last tenth of its life. */
const RENEW_WITHIN_MS = 5 * 60 * 1000;
const RENEW_WITHIN_SHARE = 0.1;
/** How long tokens can be renewed before the password is asked for again: so that a stolen one does not last for ever. */
const SIGN_IN_DAYS = 30;
const DAY_MS = 86_400_000;

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

/** Issues and checks access tokens, for HTTP and for WebSocket alike. */
@Injectable()
export class TokenService {
  constructor(
    private readonly jwt: JwtService,
    private readonly users: UserRepository,
    private readonly environment: Environment,
    private readonly verified: VerifiedTokens,
  ) {}

  /** How long before its expiry a token should be renewed, in milliseconds. */
  get renewWithinMs(): number {
    return Math.min(RENEW_WITHIN_MS, this.environment.TOKEN_TTL_SECONDS * 1000 * RENEW_WITHIN_SHARE);
  }

  /** @param user as it was when it signed in: when all its tokens were signed out since then, as by a change of its password, it gets none that is good */
  async issue({ username, tokensFrom = 0 }: User, signedInAt = Date.now()): Promise<IssuedToken> {
    const expiresInSeconds = this.environment.TOKEN_TTL_SECONDS;
    // In the second in which all tokens are signed out, those issued after that count as issued in the next.
    const iat = Math.max(Math.floor(Date.now() / 1000), tokensFrom);
    // Its own id makes a fresh token another one, also within the second in which the last was issued.
    const claims = { iat, auth_time: Math.floor(signedInAt / 1000), jti: randomUUID() };
    const token = await this.jwt.signAsync(claims, { subject: username, expiresIn: expiresInSeconds });
    return { token, expiresInSeconds };
  }

  /** A fresh token for one that is good. @throws InvalidTokenError when its person signed in too long ago */
  async renew(principal: Principal): Promise<IssuedToken> {
    const user = await accountOfToken(principal, this.users);
    if (Date.now() - principal.signedInAt >= SIGN_IN_DAYS * DAY_MS) {
      throw new InvalidTokenError(`You signed in ${SIGN_IN_DAYS} days ago; sign in again`);
    }
    return this.issue(user, principal.signedInAt);
  }

  /** @throws InvalidTokenError when the token is absent, expired, signed otherwise, signed out, of a removed account, or from before all of its account's were signed out */
  async verify(token: string | undefined): Promise<Principal> {
    if (token === undefined || token === '') throw new InvalidTokenError('A bearer token is required');
    return this.recall(token) ?? this.accept(token, await this.#check(token));
  }

  /**
   * Who a token speaks for that was accepted before; undefined for one that has to be checked.
   * @throws InvalidTokenError when it is good no longer
   */
  recall(token: string): Promise<Principal> | undefined {
    const known = this.verified.recall(token);
    return known === undefined ? undefined : this.#withAccount(known);
  }

  /**
   * Accepts a token, and remembers it.
   * @param claims of that token, whose signature has been checked
   * @throws InvalidTokenError
   */
  async accept(token: string, { sub, exp, iat = 0, auth_time = iat }: Partial<TokenClaims>): Promise<Principal> {
    if (typeof sub !== 'string' || typeof exp !== 'number') throw new InvalidTokenError('The token is not valid');
    // Of the whole token, since one that was made elsewhere need not have an id of its own.
    const tokenId = hash('sha256', token, 'base64url');
    const principal = await this.#withAccount({ username: sub, tokenId, issuedAt: iat * 1000, signedInAt: auth_time * 1000, expiresAt: exp * 1000 });
    this.verified.remember(token, principal);
    return principal;
  }

  /** Refuses the token from now on. @throws InvalidTokenError when its account has been removed */
  async signOut(principal: Principal): Promise<void> {
    const user = await this.users.update(principal.username, (known) => withoutToken(known, principal));
    if (user === undefined) throw new InvalidTokenError('The account of this token no longer exists');
  }

  async #check(token: string): Promise<Partial<TokenClaims>> {
    try {
      return await this.jwt.verifyAsync<Partial<TokenClaims>>(token);
    } catch (error) {
      throw describeRefusal(error);
    }
  }

  async #withAccount(principal: Principal): Promise<Principal> {
    await accountOfToken(principal, this.users);
    return principal;
  }
}

/** Says no more than a stranger may know: expired, or not valid. */
export function describeRefusal(reason: unknown): InvalidTokenError {
  if (reason instanceof InvalidTokenError) return reason;
  const expired = reason instanceof Error && reason.name === TokenExpiredError.name;
  return new InvalidTokenError(expired ? 'The token has expired' : 'The token is not valid');
}
