import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { FrameSocket } from '../frame-socket.js';
import { signIn } from './sign-in.js';
import { endOf, type Ended, LISTENING, spawnMain } from './spawn-main.js';

interface Started {
  host: string;
  child: ChildProcess;
  ended: Promise<Ended>;
  provoke(): void;
}

/** A server on a free port that runs `fault` on SIGUSR2. */
async function startWith(fault: string, variables: NodeJS.ProcessEnv = {}): Promise<Started> {
  const preload = [`data:text/javascript,process.on('SIGUSR2', () => { ${fault} })`];
  const child = spawnMain({ variables: { PORT: '0', ...variables }, preload });
  const ended = endOf(child);
  for await (const line of createInterface(child.stdout!)) {
    const [, port] = LISTENING.exec(line) ?? [];
    if (port !== undefined) {
      child.stdout!.resume();
      return { host: `127.0.0.1:${port}`, ended, provoke: () => child.kill('SIGUSR2'), child };
    }
  }
  throw new Error(`The server did not start: ${(await ended).errors}`);
}

describe('a server with an uncaught error', () => {
  test.each([
    ['thrown in a timer', `setTimeout(() => { throw new Error('a planted fault') })`],
    ['in a promise that nobody waits for', `void Promise.reject(new Error('a planted fault'))`],
  ])('sends its clients a bye and exits with 1: %s', async (_, fault) => {
    const server = await startWith(fault);
    const client = await FrameSocket.live(server, await signIn(server.host));
    await client.next('live');
    server.provoke();
    await client.next('bye');
    expect((await client.closed).code).toBe(4503);
    const { code, output } = await server.ended;
    expect(code).toBe(1);
    expect(output).toContain('a planted fault');
  });

  test('exits at once on a second error during the stop', async () => {
    const server = await startWith(`setInterval(() => { throw new Error('a planted fault') })`);
    server.provoke();
    expect((await server.ended).code).toBe(1);
  });
});

describe('a server that receives a stop signal', () => {
  test('exits with 0, even on a free port that it logs', async () => {
    const server = await startWith('');
    expect((await fetch(`http://${server.host}/health/live`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });
});

describe('a paused server process', () => {
  test('closes no client for its silence during the pause', async () => {
    const server = await startWith('', { HEARTBEAT_MS: '1000' });
    const client = await FrameSocket.live(server, await signIn(server.host));
    await once(client.socket, 'ping');
    server.child.kill('SIGSTOP');
    // Longer than the two and a half heartbeats of silence allowed to a client.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    server.child.kill('SIGCONT');
    const first = once(client.socket, 'ping').then(() => 'pinged');
    expect(await Promise.race([first, client.closed])).toBe('pinged');
    client.socket.terminate();
    server.child.kill('SIGKILL');
  });
});
