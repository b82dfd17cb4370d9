import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onBothCores, onServerCore } from './cores.js';

/** A measured server in a process of its own. */
export class ServerProcess {
  readonly #kill = (): void => void this.child.kill('SIGKILL');

  private constructor(private readonly child: ChildProcess) {
    // Ensures that an interrupted or failed benchmark leaves no server running.
    process.once('exit', this.#kill);
  }

  /** Runs Node with these arguments on the servers' core. Shows its output only on an error. */
  static start(nodeArgs: readonly string[], env: NodeJS.ProcessEnv = {}): ServerProcess {
    return ServerProcess.#spawn(onServerCore(nodeArgs), env);
  }

  /** The same, on both cores: for servers that share them. */
  static startOnBothCores(nodeArgs: readonly string[], env: NodeJS.ProcessEnv): ServerProcess {
    return ServerProcess.#spawn(onBothCores(nodeArgs), env);
  }

  static #spawn([command, args]: [string, string[]], env: NodeJS.ProcessEnv): ServerProcess {
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
