import { StoreError, StoreUnavailable } from '../store-errors.js';

/** SQLite failed. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';

  /** @param code extended result code (https://sqlite.org/rescode.html) */
  constructor(
    message: string,
    readonly code: number | undefined,
  ) {
    super(message);
  }
}

/** Primary result codes of what is wrong with the file or its disk, and not with the statement. */
const UNAVAILABLE: Readonly<Record<number, string>> = {
  5: 'is in use by another program',
  6: 'is in use by another program',
  7: 'needs more memory than there is',
  8: 'can’t be written',
  10: 'can’t be read or written: the disk reports an error',
  11: 'is damaged',
  13: 'can’t grow: the disk is full',
  14: 'can’t be opened',
  23: 'can’t be opened: access is denied',
  26: 'is not a SQLite database',
};

/** Why a file can't be used; undefined if the error is another one. */
export function reasonOf(error: unknown): string | undefined {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  const known = [code, errcode].find((one) => typeof one === 'number');
  return known === undefined ? undefined : UNAVAILABLE[known & 0xff];
}

/** The error as the store reports it while it is open. */
export function whileOpen(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new StoreUnavailable(`The store ${reason}`, { cause: error });
}

/** The error as the store reports it when it can't be opened. */
export function whileOpening(file: string, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const reason = reasonOf(error) ?? folderReason(error);
  return reason === undefined ? error : new StoreError(`DATABASE_URL: ${file} ${reason}`, { cause: error });
}

/** Why the folder of the file can't be made. */
function folderReason(error: unknown): string | undefined {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  return syscall === 'mkdir' ? `can’t be opened: ${path} can’t be made (${code})` : undefined;
}
