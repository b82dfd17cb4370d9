import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** `.env` exists but can't be used; the message says why. */
export class EnvFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvFileError';
  }
}

/**
 * Reads the variables of a file such as `.env`, in UTF-8 with or without a byte-order mark. A missing file has none.
 * @throws EnvFileError
 */
export function readEnvFile(path: string): NodeJS.ProcessEnv {
  const bytes = readBytes(path);
  return bytes === undefined ? {} : parseEnv(decode(path, bytes));
}

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new EnvFileError(
      code === 'EISDIR' ? `${path}: is a folder; it must be a file` : `${path}: can't be read (${code})`,
    );
  }
}

/** Drops a byte-order mark, which some editors write and which would become part of the first name. */
function decode(path: string, bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Thrown below.
  }
  throw new EnvFileError(`${path}: is not text in UTF-8; save it as such`);
}
