import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameSocket } from '../frame-socket.js';
import { signIn } from './sign-in.js';
import { endOf, portOf, spawnMain } from './spawn-main.js';

const HALF_BODY =
  'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{';
/** Unread answers of 1.5 MB each. A fifth request would close the connection. */
const DOWNLOADS = 'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(4);

async function open(port: number, sent: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (sent !== '') socket.write(sent);
  return socket;
}

test('a stopping server exits with 0 despite connections that sent nothing, half a request, or read no answer', async () => {
  const child = spawnMain({ variables: { PORT: '0' } });
  const ended = endOf(child);
  const port = await portOf(child);
  const sockets = await Promise.all(
    ['', 'GET /health/live HTTP/1.1\r\nHost: loc', HALF_BODY, DOWNLOADS].map((sent) => open(port, sent)),
  );
  // The answer proves that the server has read everything sent before.
  await fetch(`http://127.0.0.1:${port}/health/live`);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  for (const socket of sockets) socket.destroy();
});

describe('a server that drains', () => {
  async function draining(DRAIN_SECONDS: string) {
    const child = spawnMain({ variables: { PORT: '0', DRAIN_SECONDS } });
    const ended = endOf(child);
    const host = `127.0.0.1:${await portOf(child)}`;
    const readiness = (): Promise<Response> => fetch(`http://${host}/health/ready`);
    expect((await readiness()).status).toBe(200);
    const signalledAt = performance.now();
    child.kill('SIGTERM');
    let answer = await readiness();
    while (answer.ok) answer = await readiness();
    return { child, ended, host, answer, signalledAt };
  }

  test('is not ready, but serves until the time is over, and exits with 0', async () => {
    const { ended, host, answer, signalledAt } = await draining('1');
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: 'stopping' })]);
    const client = await FrameSocket.live({ host }, await signIn(host));
    await client.next('live');
    await client.next('bye');
    expect(performance.now() - signalledAt).toBeGreaterThan(990);
    expect((await ended).code).toBe(0);
  });

  test('ends at once at a second signal', async () => {
    const { child, ended } = await draining('600');
    child.kill('SIGINT');
    expect((await ended).code).toBe(1);
  });
});
