import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Connections } from '../src/connections/connections.js';
import { ChaosClient } from './chaos/chaos-client.js';
import { FrameSocket } from './frame-socket.js';
import { Attacker } from './fuzz/attacker.js';
import { wireFrame } from './fuzz/websocket-garbage.js';
import { useServer } from './running-server.js';

const TEXT = 1;
const HALF_OPEN = 1000;

describe('a hostile client', () => {
  const server = useServer();
  let token: string;
  let attacker: Attacker;

  beforeAll(async () => {
    token = await server.signIn();
    attacker = new Attacker(server, token);
  });

  function text(frame: object): Buffer {
    return wireFrame(Buffer.from(JSON.stringify(frame)), { opcode: TEXT });
  }

  /** The attacker's upgrade request, with these headers replaced. */
  function upgradeWith(headers: Record<string, string>): string {
    const lines = attacker.upgrade().trimEnd().split('\r\n');
    const kept = lines.filter(
      (line) => !Object.keys(headers).some((name) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)),
    );
    return [...kept, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '\r\n'].join('\r\n');
  }

  async function statusOf(request: string): Promise<string> {
    const answer = await attacker.say(request);
    return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? answer;
  }

  test('may send its hello along with the upgrade request', async () => {
    const answer = await attacker.say(Buffer.concat([Buffer.from(attacker.upgrade()), text({ event: 'hello' })]));
    expect(answer).toMatch(/^HTTP\/1\.1 101 .*"event":"welcome".*"event":"live"/s);
  });

  test(`leaves nothing behind with ${HALF_OPEN} half-open upgrades, while others are served`, async () => {
    const neighbour = new ChaosClient('neighbour', [server.host], token);
    neighbour.connect();
    await neighbour.until(() => neighbour.ledger.isLive);
    const half = attacker.upgrade().slice(0, 120);
    const sockets: Socket[] = [];
    for (let n = 0; n < HALF_OPEN; n++) {
      const socket = attacker.open();
      socket.write(half);
      sockets.push(socket);
    }
    for (const socket of sockets) if (socket.connecting) await once(socket, 'connect');
    await server.send(token, { priority: 'high' });
    await neighbour.until(() => neighbour.ledger.offsetIn('everyone', 'high') === 1);
    expect(server.app.get(Connections).size).toBe(1);
    await Promise.all(
      sockets.map(async (socket) => {
        const closed = once(socket, 'close');
        socket.destroy();
        await closed;
      }),
    );
    await neighbour.stop();
  });

  test('with slow headers is cut off at the time-out', async () => {
    expect(server.http.headersTimeout).toBe(10_000);
    server.http.headersTimeout = 50;
    const socket = attacker.open();
    socket.write(attacker.upgrade().slice(0, -2));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    await once(socket, 'close');
    server.http.headersTimeout = 10_000;
  });

  test('gains no credit with acks of unsent entries, nor with acks that go back', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    for (const offset of [Number.MAX_SAFE_INTEGER, 1_000_000, 0, 3, 1])
      client.send({ event: 'ack', data: { everyone: { low: offset, high: offset } } });
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
    for (let n = 0; n < 40; n++) await server.send(token, { priority: 'low', message: 'm'.repeat(700) });
    client.send({ event: 'heartbeat', data: { ack: { everyone: { low: 1_000_000 } } } });
    let received = 0;
    while ((await client.nextOf('notification', 'heartbeat_ack')).event === 'notification') received += 1;
    expect(received).toBeGreaterThan(3);
    expect(received).toBeLessThan(12);
    client.socket.terminate();
  });

  test.each<[string, string, Record<string, string>]>([
    [
      'a sub-protocol header of 8 KB',
      '101',
      { 'Sec-WebSocket-Protocol': Array.from({ length: 1000 }, (_, i) => `p${i}`).join(',') },
    ],
    ['a header larger than the server reads', '431', { 'Sec-WebSocket-Protocol': 'p'.repeat(20_000) }],
    ['a sub-protocol twice', '400', { 'Sec-WebSocket-Protocol': 'herald.v1, herald.v1' }],
    ['an empty sub-protocol', '400', { 'Sec-WebSocket-Protocol': ',' }],
    ['an Origin of null', '403', { Origin: 'null' }],
    ['an allowed Origin on another port', '403', { Origin: 'http://localhost:3001' }],
    ['an allowed Origin with a path', '403', { Origin: 'http://localhost:3000/' }],
    ['an allowed Origin as a prefix', '403', { Origin: 'http://localhost:3000.evil.example' }],
    ['an allowed Origin among others', '403', { Origin: 'http://evil.example, http://localhost:3000' }],
    ['an empty Origin', '403', { Origin: '' }],
    ['no key', '400', { 'Sec-WebSocket-Key': '' }],
    ['another version', '400', { 'Sec-WebSocket-Version': '12' }],
    ['a body beside the upgrade', '101', { 'Content-Length': '5' }],
    ['two lengths', '400', { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }],
    ['a space before the colon', '400', { 'Authorization ': 'x' }],
    ['a token in a cookie', '401', { Authorization: '', Cookie: 'token=x' }],
    ['another scheme', '401', { Authorization: 'Basic YWRtaW46cGFzc3dvcmQ=' }],
    ['a token that is no token', '401', { Authorization: 'Bearer ..' }],
    ['a token of 8 KB', '401', { Authorization: `Bearer ${'a'.repeat(8000)}` }],
  ])('with %s gets %s', async (_, status, headers) => {
    expect(await statusOf(upgradeWith(headers))).toBe(status);
  });

  test.each<[string, (request: string) => string, number, string]>([
    ['no key', (request) => request.replace(/Sec-WebSocket-Key: .*/, 'X: x'), 400, ''],
    [
      'another version',
      (request) => request.replace('Version: 13', 'Version: 12'),
      400,
      'Sec-WebSocket-Version: 13, 8',
    ],
    ['a sub-protocol twice', (request) => request.replace('herald.v1', 'herald.v1, herald.v1'), 400, ''],
    ['another method', (request) => request.replace('GET', 'POST'), 405, 'Allow: GET'],
  ])('whose handshake has %s is refused in the format of the API', async (_, spoil, statusCode, header) => {
    const answer = await attacker.say(spoil(attacker.upgrade()));
    expect(answer).toContain(header);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toEqual({
      statusCode,
      error: STATUS_CODES[statusCode],
      code: statusCode === 405 ? 'method_not_allowed' : 'bad_request',
      message: expect.any(String),
    });
  });

  test('cannot smuggle a second request behind a refused upgrade', async () => {
    const answer = await attacker.say(
      `${upgradeWith({ Authorization: 'Bearer x' })}GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 401']);
  });

  test('is authenticated by the header, even with tokens in other places', async () => {
    expect(
      await statusOf(
        upgradeWith({ Authorization: 'Bearer x', 'Sec-WebSocket-Protocol': `herald.v1, bearer.${token}` }),
      ),
    ).toBe('401');
    const query = upgradeWith({ Authorization: 'Bearer x' }).replace('GET /ws', `GET /ws?token=${token}`);
    expect(await statusOf(query)).toBe('401');
  });
});
