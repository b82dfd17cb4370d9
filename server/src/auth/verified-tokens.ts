import { Injectable } from '@nestjs/common';
import type { Principal } from './principal.js';

/** Maximum number of tokens, about 10 MB; the least recently used one is dropped first. */
const CAPACITY = 20_000;

/**
 * Remembers tokens with a checked signature until they expire. The whole token is the key, so a token that differs in
 * any character is another one. The value is the principal, one object for all connections with this token. It does
 * not prove that the account still exists, so callers must look that up.
 */
@Injectable()
export class VerifiedTokens {
  /** In order of use, the most recently used token last. */
  readonly #known = new Map<string, Principal>();

  get size(): number {
    return this.#known.size;
  }

  /** The principal of a remembered token that has not expired. */
  recall(token: string): Principal | undefined {
    const known = this.#known.get(token);
    if (known === undefined) return undefined;
    this.#known.delete(token);
    if (known.expiresAt <= Date.now()) return undefined;
    this.#known.set(token, known);
    return known;
  }

  /** @param token a token with a checked signature */
  remember(token: string, known: Principal): void {
    this.#known.set(token, known);
    const now = Date.now();
    for (const [oldest, { expiresAt }] of this.#known) {
      if (this.#known.size <= CAPACITY && expiresAt > now) return;
      this.#known.delete(oldest);
    }
  }
}
