import { type Positions, userChannel } from '@herald/protocol';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { writeDurably } from '../access/write-durably.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Copy } from './copies.ts';

/** Progress of a program, from which it goes on after a restart. */
export interface State {
  positions: Positions;
  copies: Copy[];
}

/** The reader of positions, each of whom has a channel of their own. */
export function readerOf({ channels }: Positions): string {
  const prefix = userChannel('');
  const channel = Object.keys(channels).find((name) => name.startsWith(prefix));
  return channel?.slice(prefix.length) ?? '';
}

/** Keeps the state of one program over restarts and crashes. */
export class StateFile {
  readonly file: string;

  constructor(file: string) {
    this.file = resolve(file);
  }

  /** The file of a program that names none. @param folder of states */
  static ofServer(server: string, folder: string): StateFile {
    return new StateFile(join(folder, `listen-${server.replace(/^https?:\/\//, '').replace(/[^\w.-]/g, '_')}.json`));
  }

  /**
   * Claims the file until the process ends, on Linux: two programs would handle the same notifications. The name of a
   * socket is free again after any kind of death, unlike a file.
   * @throws Failure if another process has it
   */
  async claim(): Promise<void> {
    if (process.platform !== 'linux') return;
    const name = createHash('sha256').update(this.file).digest('hex');
    const server = createServer().unref();
    await once(server.listen(`\0herald-${name}`), 'listening').catch(() => {
      throw new Failure(EXIT.usage, `Another \`herald listen\` uses ${this.file}: name another one with --state`);
    });
  }

  /** @returns null if there is none @throws Failure if it can't be read */
  read(): State | null {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as State;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Failure(
        EXIT.usage,
        `${this.file} can't be read: ${(error as Error).message}. Without it, listening begins now`,
      );
    }
  }

  write(state: State): Promise<void> {
    return writeDurably(this.file, `${JSON.stringify(state)}\n`);
  }
}
