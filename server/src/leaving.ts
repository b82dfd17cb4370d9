import { EnvironmentError } from './config/read-environment.js';
import { ListenError } from './listen.js';
import { StoreError } from './repository/store-errors.js';

/** Time that a stopped process waits for unread log lines. */
const LEAVE_WITHIN_MS = 1000;

/** Ends the process after a second, in case something still keeps it alive. */
export function leave(): void {
  setTimeout(() => process.exit(), LEAVE_WITHIN_MS).unref();
}

/** Prints problems that the operator can fix as one line each, and any other error with its stack. */
export function fail(error: unknown): void {
  const isForOperator = [EnvironmentError, ListenError, StoreError].some((known) => error instanceof known);
  console.error(isForOperator ? (error as Error).message : error);
  process.exitCode = 1;
  leave();
}
