import { Injectable } from '@nestjs/common';
import type { TokenClaims } from './principal.js';

/** Tokens remembered at most, about 10 MB; the one that was used longest ago goes first. */
const CAPACITY = 20_000;

/**
 * Remembers tokens whose signature has been checked, until they expire. The whole token is the key, so one that differs
 * in any character is another. Only what the token says is remembered: whoever asks still has to look up the account.
 */
@Injectable()
export class VerifiedTokens {
  /** The one used last is at the end. */
  readonly #claims = new Map<string, TokenClaims>();

  get size(): number {
    return this.#claims.size;
  }

  /** Claims of a token that was remembered and has not expired. */
  recall(token: string): TokenClaims | undefined {
    const claims = this.#claims.get(token);
    if (claims === undefined) return undefined;
    this.#claims.delete(token);
    if (claims.exp * 1000 <= Date.now()) return undefined;
    this.#claims.set(token, claims);
    return claims;
  }

  /** @param token whose signature has just been checked */
  remember(token: string, claims: TokenClaims): void {
    this.#claims.set(token, claims);
    if (this.#claims.size <= CAPACITY) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#claims.delete(oldest);
  }
}
