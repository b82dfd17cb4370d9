import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { randomUUID } from 'node:crypto';
import { Environment } from '../config/environment.js';
import { UserRepository } from '../repository/user-repository.js';
import { InvalidTokenError } from './auth-errors.js';
import type { Principal, TokenClaims } from './principal.js';
import { VerifiedTokens } from './verified-tokens.js';

/** A client is asked to renew its token this long before it expires, in milliseconds, or in the last tenth of its life. */
const RENEW_WITHIN_MS = 5 * 60 * 1000;
const RENEW_WITHIN_SHARE = 0.1;

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

  async issue(username: string): Promise<IssuedToken> {
    const expiresInSeconds = this.environment.TOKEN_TTL_SECONDS;
    const { tokensFrom = 0 } = (await this.users.find(username)) ?? {};
    // In the second in which a password is changed, the tokens after the change count as issued in the next.
    const iat = Math.max(Math.floor(Date.now() / 1000), tokensFrom);
    // Its own id makes a fresh token another one, also within the second in which the last was issued.
    const token = await this.jwt.signAsync({ iat, jti: randomUUID() }, { subject: username, expiresIn: expiresInSeconds });
    return { token, expiresInSeconds };
  }

  /** @throws InvalidTokenError when the token is absent, expired, signed otherwise of a removed account, or from before a change of password */
  async verify(token: string | undefined): Promise<Principal> {
    if (token === undefined || token === '') throw new InvalidTokenError('A bearer token is required');
    return this.recall(token) ?? this.accept(token, await this.#check(token));
  }

  /**
   * Who a token speaks for that was accepted before; undefined for one that has to be checked.
   * @throws InvalidTokenError when its account has been removed meanwhile
   */
  recall(token: string): Promise<Principal> | undefined {
    const claims = this.verified.recall(token);
    return claims === undefined ? undefined : this.#principalOf(claims);
  }

  /**
   * Accepts a token, and remembers it.
   * @param claims of that token, whose signature has been checked
   * @throws InvalidTokenError
   */
  async accept(token: string, { sub, exp, iat }: Partial<TokenClaims>): Promise<Principal> {
    if (typeof sub !== 'string' || typeof exp !== 'number') throw new InvalidTokenError('The token is not valid');
    const claims = { sub, exp, iat };
    const principal = await this.#principalOf(claims);
    this.verified.remember(token, claims);
    return principal;
  }

  async #check(token: string): Promise<Partial<TokenClaims>> {
    try {
      return await this.jwt.verifyAsync<Partial<TokenClaims>>(token);
    } catch (error) {
      throw describeRefusal(error);
    }
  }

  /** Looks up the account each time: what happened to it since must count at once. */
  async #principalOf({ sub, exp, iat = 0 }: TokenClaims): Promise<Principal> {
    const user = await this.users.find(sub);
    if (user === undefined) throw new InvalidTokenError('The account of this token no longer exists');
    if (iat < (user.tokensFrom ?? 0)) throw new InvalidTokenError('The password was changed after this token was issued');
    return { username: user.username, expiresAt: exp * 1000 };
  }
}

/** Says no more than a stranger may know: expired, or not valid. */
export function describeRefusal(reason: unknown): InvalidTokenError {
  if (reason instanceof InvalidTokenError) return reason;
  const expired = reason instanceof Error && reason.name === TokenExpiredError.name;
  return new InvalidTokenError(expired ? 'The token has expired' : 'The token is not valid');
}
