import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DIST } from './project.ts';

const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 12_000;
const POLL_MS = 50;

/** Starts a server with this environment and piped output. */
export type RunServer = (environment: NodeJS.ProcessEnv) => ChildProcess;

/** The built server as a child process, on two ports that it keeps across restarts. */
export class HeraldServer {
  readonly #port: number;
  readonly #uiPort: number;
  readonly #run: RunServer;
  #variables: Record<string, string>;
  #process: ChildProcess | undefined;
  #log = '';

  private constructor(port: number, uiPort: number, variables: Record<string, string>, run: RunServer) {
    this.#port = port;
    this.#uiPort = uiPort;
    this.#run = run;
    this.#variables = variables;
  }

  /**
   * Starts a server, by default on free ports. `variables` extend its environment, which inherits only PATH. `run`
   * starts the process, by default from the build.
   */
  static async start(
    variables: Record<string, string>,
    ports?: [api: number, page: number],
    run: RunServer = runBuild(DIST),
  ): Promise<HeraldServer> {
    const [port, uiPort] = ports ?? (await freePorts());
    const server = new HeraldServer(port, uiPort, variables, run);
    await server.start();
    return server;
  }

  /** Origin of the page, which also proxies the API. */
  get pageUrl(): string {
    return `http://localhost:${this.#uiPort}`;
  }

  /** Origin of the API itself. */
  get apiUrl(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Output of the process so far, across restarts. */
  get log(): string {
    return this.#log;
  }

  /**
   * Restarts the process after `stop` or `kill`; resolves when it is ready for requests.
   * @param changes to its environment, from now on
   * @throws Error with the server's output when it exits, or is not ready within 15 s
   */
  async start(changes: Record<string, string> = {}): Promise<void> {
    this.#variables = { ...this.#variables, ...changes };
    const child = this.#run({
      PATH: process.env['PATH'],
      PORT: String(this.#port),
      UI_PORT: String(this.#uiPort),
      ...this.#variables,
    });
    child.stdout?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    this.#process = child;
    await this.#ready(child);
  }

  /**
   * Stops the process, by default as a deploy does, and waits for its exit.
   * @returns the exit code; null when a signal ended it, or when it had already exited
   */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
    return this.#end(signal);
  }

  /** Kills the process (SIGKILL) to simulate a crash. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || hasEnded(child)) return null;
    // 'close' follows the last output; 'exit' may precede it.
    const exited = once(child, 'close');
    child.kill(signal);
    const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(lastResort);
    return child.exitCode;
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await answers(`${this.apiUrl}/health/ready`))) {
      if (hasEnded(child) || Date.now() > deadline) {
        await this.kill();
        throw new Error(`The server did not become ready:\n${this.#log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/** Runs a build's server as a child process. */
export function runBuild(dist: string): RunServer {
  const main = join(dist, 'server/src/main.js');
  if (!existsSync(main)) throw new Error('Nothing to test: run `npm run build` first');
  return (env) => spawn(process.execPath, ['--enable-source-maps', main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Two ports that were free a moment ago; held together, so that they differ. */
export async function freePorts(): Promise<[number, number]> {
  const holders = [createServer(), createServer()] as const;
  const ports = await Promise.all(
    holders.map(async (holder) => {
      holder.listen(0, '127.0.0.1');
      await once(holder, 'listening');
      const address = holder.address();
      if (address === null || typeof address === 'string') throw new Error('No port to be had');
      return address.port;
    }),
  );
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
  return [ports[0]!, ports[1]!];
}
