import pg from 'pg';
import { StoreError, StoreUnavailable } from '../store-errors.js';

/**
 * Errors, or classes of them, that say something about the database, and not about the statement
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  '08': 'can’t be reached',
  '25006': 'is read-only, as a standby',
  '25P03': 'has ended a transaction that took too long',
  '28': 'refuses the user or the password',
  '3D': 'does not exist',
  '40': 'has rolled back because of another transaction',
  '53': 'is full, or has too many connections',
  '55': 'is busy with another transaction',
  '57': 'is stopping or starting, or has ended a statement that took too long',
  '58': 'reports an error of its disk',
  XX: 'is damaged',
};
const NOT_ALLOWED = '42501';

/** Why the database can't be used; undefined if the error is another one. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error;
    return UNAVAILABLE[code] ?? UNAVAILABLE[code.slice(0, 2)];
  }
  // The driver reports lost connections and its time-outs as plain errors; faults of the program are others.
  const isOfDriver = error instanceof Error && [Error, AggregateError].some((kind) => error.constructor === kind);
  return isOfDriver ? `can’t be reached: ${(error as NodeJS.ErrnoException).code ?? error.message}` : undefined;
}

/** The error as the store reports it while it is open. */
export function whileOpen(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new StoreUnavailable(`The database ${reason}`, { cause: error });
}

/** The error as the store reports it when it can't be opened. @param name of the database, without the password */
export function whileOpening(name: string, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const isNotAllowed = cause instanceof pg.DatabaseError && cause.code === NOT_ALLOWED;
  const reason = isNotAllowed ? `does not let the user make tables: ${cause.message}` : reasonOf(cause);
  return reason === undefined ? error : new StoreError(`DATABASE_URL: ${name} ${reason}`, { cause: error });
}
