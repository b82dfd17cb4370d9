import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onServerCore } from './cores.js';

/** A measured server in a process of its own, on the servers' core. */
export class ServerProcess {
  readonly #kill = (): void => void this.child.kill('SIGKILL');

  private constructor(private readonly child: ChildProcess) {
    // Ensures that an interrupted or failed benchmark leaves no server running.
    process.once('exit', this.#kill);
  }

  /** Runs Node with these arguments. Shows its output only on an error. */
  static start(nodeArgs: readonly string[], env: NodeJS.ProcessEnv = {}): ServerProcess {
    const [command, args] = onServerCore(nodeArgs);
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    return new ServerProcess(spawn(command, args, { env: { ...process.env, ...env }, stdio: [...stdio] }));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The server could not be started');
    return this.child.pid;
  }

  /** The next message from the server to its parent. */
  async message(): Promise<unknown> {
    const [message] = (await once(this.child, 'message')) as [unknown];
    return message;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.#kill();
    await exit;
  }
}
