import type { ErrorAnswer } from '@herald/protocol';

/** A request that the server refused or did not answer. The message is one English sentence; programs use the code. */
export class HeraldError extends Error {
  override readonly name = 'HeraldError';

  /**
   * @param status HTTP status; 0 if there was no answer
   * @param answer body of a refusal; undefined if there was no answer, or one that Herald did not write
   * @param retryAfterSeconds when to try again, if the server says so
   */
  constructor(
    readonly status: number,
    readonly answer?: ErrorAnswer,
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(answer?.message ?? (status === 0 ? 'The server did not answer' : `The server answered ${status}`), options);
  }

  get code(): ErrorAnswer['code'] | undefined {
    return this.answer?.code;
  }

  /** Whether the server would refuse the same request again. A 429, a 5xx or no answer is worth another try. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}
