import { Injectable } from '@nestjs/common';
import type { Principal } from './principal.js';

/** Tokens remembered at most, about 10 MB; the one that was used longest ago goes first. */
const CAPACITY = 20_000;

/**
 * Remembers tokens whose signature has been checked, until they expire. The whole token is the key, so one that differs
 * in any character is another. Only whom the token says it speaks for is remembered, as one object for all connections
 * that are opened with it: whoever asks still has to look up the account.
 */
@Injectable()
export class VerifiedTokens {
  /** The one used last is at the end. */
  readonly #known = new Map<string, Principal>();

  get size(): number {
    return this.#known.size;
  }

  /** Whom a token speaks for that was remembered and has not expired. */
  recall(token: string): Principal | undefined {
    const known = this.#known.get(token);
    if (known === undefined) return undefined;
    this.#known.delete(token);
    if (known.expiresAt <= Date.now()) return undefined;
    this.#known.set(token, known);
    return known;
  }

  /** @param token whose signature has just been checked */
  remember(token: string, known: Principal): void {
    this.#known.set(token, known);
    const now = Date.now();
    for (const [oldest, { expiresAt }] of this.#known) {
      if (this.#known.size <= CAPACITY && expiresAt > now) return;
      this.#known.delete(oldest);
    }
  }
}
