import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One server of the cluster, in a process of its own. Its log lines are printed with its name. */
export class NodeProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  /**
   * @param options of Node and the server's main module
   * @param variables of its environment, beside those of this process
   */
  constructor(name: string, options: readonly string[], variables: NodeJS.ProcessEnv) {
    this.name = name;
    this.#child = spawn(process.execPath, options, {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
      // In a group of its own: by Ctrl-C it would get a first signal from the terminal, and a second one from `stop`.
      detached: true,
    });
    this.#ended = once(this.#child, 'exit').then(() => console.log(`${name} has ended`));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves with the port of the API once the server listens. @throws Error if it ends instead */
  port(): Promise<number> {
    const { stdout } = this.#child;
    return new Promise((resolve, reject) => {
      if (stdout === null) return;
      const lines = createInterface(stdout);
      lines.on('line', (line) => {
        console.log(`${this.name}  ${line}`);
        const [, port] = /API and WebSocket on http:\/\/localhost:(\d+)/.exec(line) ?? [];
        if (port !== undefined) resolve(Number(port));
      });
      lines.on('close', () => reject(new Error(`${this.name} has ended before it listened`)));
    });
  }

  /** Stops it in good order, if it runs. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
