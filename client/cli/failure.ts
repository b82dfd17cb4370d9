import { HeraldError } from '@herald/client/api';
import { EXIT } from './exit-codes.ts';

/** Ends a command with a message for stderr and an exit code. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** A failed request in words, with the fields at fault and the exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof HeraldError) return new Failure(exitCodeOf(error), wordsOf(error));
  return new Failure(EXIT.failed, error instanceof Error ? error.message : String(error));
}

function exitCodeOf({ status, isFinal }: HeraldError): number {
  if (status === 0) return EXIT.unreachable;
  if (status === 401) return EXIT.unauthorized;
  if (status === 429 || status === 503) return EXIT.busy;
  return isFinal ? EXIT.refused : EXIT.failed;
}

function wordsOf({ message, answer, status, cause }: HeraldError): string {
  const faults = answer?.details?.map(({ field, reason }) => `\n  ${field}: ${reason}`) ?? [];
  const code = status === 0 ? codeIn(cause) : undefined;
  return `${message}${code === undefined ? '' : ` (${code})`}${faults.join('')}`;
}

/** Code of a failed connection, such as `ECONNREFUSED`: `fetch` wraps the error that has it. */
function codeIn(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? undefined : codeIn(cause);
}
