import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { IdempotencyConflictError } from './notification-errors.js';

const DAY_MS = 86_400_000;
/** Notifications in the answers that are remembered, at most: beyond it, the oldest answers are forgotten early. */
const REMEMBERED_MAX = 10_000;

/** A request that a sender has named, so that it may be repeated. */
export interface NamedRequest {
  sender: string;
  key: string;
  body: object;
}

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<unknown>;
  /** Notifications in it. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Does what has a name once, and answers its repetitions with the first answer for a day. Kept by this process alone. */
@Injectable()
export class Idempotency {
  /** Oldest first, which is also the order in which they end. */
  readonly #remembered = new Map<string, Remembered>();
  #size = 0;

  /**
   * Does `work`, or answers as the time before; also while that still goes on. What failed is not remembered.
   * @throws IdempotencyConflictError when the name was given to another body
   */
  once<Answer>({ sender, key, body }: NamedRequest, work: () => Promise<Answer>): Promise<Answer> {
    this.#forgetOld();
    const name = JSON.stringify([sender, key]);
    const digest = digestOf(body);
    const known = this.#remembered.get(name);
    if (known === undefined) return this.#do(name, digest, Array.isArray(body) ? body.length : 1, work);
    if (known.digest !== digest) throw new IdempotencyConflictError();
    return known.answer as Promise<Answer>;
  }

  #do<Answer>(name: string, digest: string, size: number, work: () => Promise<Answer>): Promise<Answer> {
    const answer = work();
    const remembered = { digest, answer, size, until: Date.now() + DAY_MS };
    this.#remembered.set(name, remembered);
    this.#size += size;
    answer.catch(() => {
      if (this.#remembered.get(name) === remembered) this.#forget(name, remembered);
    });
    return answer;
  }

  #forgetOld(): void {
    for (const [name, remembered] of this.#remembered) {
      if (remembered.until > Date.now() && this.#size <= REMEMBERED_MAX) return;
      this.#forget(name, remembered);
    }
  }

  #forget(name: string, { size }: Remembered): void {
    this.#remembered.delete(name);
    this.#size -= size;
  }
}

/** The same for the same content, in whatever order its fields were written. */
function digestOf(body: object): string {
  const sorted = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  );
  return createHash('sha256').update(sorted).digest('base64');
}
