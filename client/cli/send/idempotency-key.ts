import { HeraldError } from '@herald/client/api';
import { createHash, randomUUID } from 'node:crypto';
import { MAYBE_DONE, type Pause, pauseAndTell, REFUSED_FOR_NOW, tryAgain } from '../try-again.ts';

/** Makes the tries of one request, and maybe the runs of one command, a single one for the server. */
export class IdempotencyKey {
  readonly #name: string;

  /** @param text commands with the same one are the same request, for a day. Undefined: each command is its own */
  constructor(private readonly text: string | undefined) {
    this.#name = text === undefined ? randomUUID() : createHash('sha256').update(text).digest('hex');
  }

  /**
   * Sends until it succeeds, once for the server.
   * @param send receives the Idempotency-Key
   * @param part of a command that makes several requests
   */
  async once<Answer>(
    send: (key?: string) => Promise<Answer>,
    tries: number,
    part = '',
    pause: Pause = pauseAndTell,
  ): Promise<Answer> {
    try {
      return await tryAgain(() => send(this.#name + part), tries, MAYBE_DONE, pause);
    } catch (error) {
      // The server remembers some ten thousand keys of a sender. A busy sender must not be stopped by that.
      const isForgotten = error instanceof HeraldError && error.code === 'too_many_idempotency_keys';
      if (this.text !== undefined || !isForgotten) throw error;
      return tryAgain(() => send(), tries, REFUSED_FOR_NOW, pause);
    }
  }
}
