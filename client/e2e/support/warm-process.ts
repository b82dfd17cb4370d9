import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { hasEnded } from './herald-server.ts';

const MAIN = fileURLToPath(new URL('warm-main.ts', import.meta.url));

/**
 * A process that runs the servers of a worker's tests one after another, since loading the modules takes five times as
 * long as starting a server. A test that ends the process makes the next test start a new one.
 */
export class WarmProcess {
  #child: ChildProcess | undefined;

  /** Starts a server; the process must not be running one. */
  run(environment: NodeJS.ProcessEnv): ChildProcess {
    if (!this.#child || hasEnded(this.#child)) this.#child = spawnWarm();
    this.#child.send(environment);
    return this.#child;
  }

  /** Stops the server and keeps the process for the next one. */
  async release(): Promise<void> {
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const answered = new AbortController();
    child.send('close');
    await Promise.race(['message', 'exit'].map((event) => once(child, event, { signal: answered.signal })));
    answered.abort();
    child.stdout?.removeAllListeners('data');
    child.stderr?.removeAllListeners('data');
  }

  end(): void {
    this.#child?.kill('SIGKILL');
  }
}

function spawnWarm(): ChildProcess {
  return fork(MAIN, { execArgv: ['--enable-source-maps'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}
