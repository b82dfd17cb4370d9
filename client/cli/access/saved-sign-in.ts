import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { writeDurably } from './write-durably.ts';

/** A sign-in on this machine. */
export interface SignIn {
  server: string;
  username: string;
  token: string;
  /** When the token expires, ISO 8601. */
  expiresAt: string;
}

/** Keeps the last sign-in in a file that only its owner may read. */
export class SavedSignIn {
  readonly #file: string;

  /** @param folder of the configuration */
  constructor(folder: string) {
    this.#file = join(folder, 'login.json');
  }

  /** @returns null if there is none @throws Failure if the file can't be read */
  read(): SignIn | null {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as SignIn;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Failure(EXIT.failed, `${this.#file} can't be read: ${(error as Error).message}`);
    }
  }

  /** @returns null if there is none, or it can't be read */
  readIfPossible(): SignIn | null {
    try {
      return this.read();
    } catch {
      return null;
    }
  }

  write(signIn: SignIn): Promise<void> {
    return writeDurably(this.#file, `${JSON.stringify(signIn, null, 2)}\n`);
  }

  forget(): void {
    rmSync(this.#file, { force: true });
  }
}
