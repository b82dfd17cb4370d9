import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { CommandLine } from './command-line.js';

/** A running `herald listen`. */
export class Listening {
  /** Its lines so far, and those of the commands that it has run. */
  readonly lines: string[] = [];
  errors = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #onLine: () => void = () => undefined;

  private constructor(cli: CommandLine, args: readonly string[], env?: NodeJS.ProcessEnv) {
    this.#child = cli.start(['listen', ...args], env);
    this.#closed = once(this.#child, 'close');
    this.#child.stderr!.on('data', (chunk) => (this.errors += String(chunk)));
    createInterface(this.#child.stdout!).on('line', (line) => {
      this.lines.push(line);
      this.#onLine();
    });
  }

  /** Resolves once it is connected. @throws Error if it ends instead */
  static async start(cli: CommandLine, args: readonly string[] = [], env?: NodeJS.ProcessEnv): Promise<Listening> {
    const listening = new Listening(cli, args, env);
    await listening.hasSaid('Listening to');
    return listening;
  }

  /** Resolves once its errors have these words. */
  async hasSaid(words: string): Promise<void> {
    const ended = this.#closed.then(() => 'ended');
    while (!this.errors.includes(words)) {
      const [data] = [once(this.#child.stderr!, 'data')];
      if ((await Promise.race([data, ended])) === 'ended') throw new Error(`herald listen has ended: ${this.errors}`);
    }
  }

  /** Resolves with its lines once there are so many. */
  async count(lines: number): Promise<string[]> {
    while (this.lines.length < lines) await new Promise<void>((resolve) => (this.#onLine = resolve));
    return this.lines;
  }

  /** Lets it connect at once, instead of waiting for longer after each failure. */
  wake(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends it, and waits until its command has ended, too. @returns its exit code */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.closed();
  }

  /** Resolves with its exit code once it has ended. */
  async closed(): Promise<number | null> {
    return (await this.#closed)[0] as number | null;
  }
}
