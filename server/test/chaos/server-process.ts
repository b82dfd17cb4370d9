import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('typescript-loader.js', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Includes processes left over by failed tests. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The server in a process of its own. It keeps its port when it restarts. */
export class ServerProcess {
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** @param variables of its environment, which otherwise has only PATH and the ports */
  static async start(variables: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const server = await ServerProcess.reserve(variables);
    await server.start();
    return server;
  }

  /** A server with a port, which is not started yet. @param variables as for `start` */
  static async reserve(variables: NodeJS.ProcessEnv): Promise<ServerProcess> {
    return new ServerProcess(await freePort(), variables);
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Resolves once the server listens. @throws Error with its output if it ends instead */
  async start(): Promise<void> {
    const env = { PATH: process.env['PATH'], PORT: String(this.port), UI_PORT: '0', ...this.variables };
    const child = spawn(process.execPath, ['--import', LOADER, MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.#child = child;
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.includes('API and WebSocket on')) {
        child.stdout.resume();
        return;
      }
    }
    throw new Error(`The server did not start:\n${lines.join('\n')}`);
  }

  /** Peak resident memory in MB. Reads /proc, so it needs Linux. */
  peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Gives the process no time until `resume`. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends the process at once with SIGKILL, like a crash. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await once(holder.close(), 'close');
  return port;
}
