import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { Connections } from '../src/connections/connections.js';
import type { SocketConnection } from '../src/gateway/socket-connection.js';
import { NotificationRepository } from '../src/repository/notification-repository.js';
import { FrameSocket } from './frame-socket.js';
import { wireFrame } from './fuzz/websocket-garbage.js';
import { RunningServer, useFreshServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const TEXT = 1;
const PING = 9;
/** Made by hand, since each sign-in costs a password hash. */
const tokenAt = (server: RunningServer): string => tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR });

interface Refusal {
  status: number | undefined;
  retryAfter: string | undefined;
  body: unknown;
}

async function refusalOf(server: RunningServer, token: string, headers: Record<string, string> = {}): Promise<Refusal> {
  const socket = new WebSocket(`ws://${server.host}/ws`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return {
    status: response.statusCode,
    retryAfter: response.headers['retry-after'],
    body: JSON.parse(await text(response)),
  };
}

describe('connections are capped before the upgrade', () => {
  test.each([
    ['MAX_CONNECTIONS_PER_USER', 429, 'Too Many Requests'],
    ['MAX_CONNECTIONS_PER_ADDRESS', 429, 'Too Many Requests'],
    ['MAX_CONNECTIONS', 503, 'Service Unavailable'],
  ])(
    'by %s, with %d, Retry-After and a JSON body, until another connection closes',
    async (variable, status, error) => {
      const server = await RunningServer.start({ [variable]: '2' });
      const [first] = [
        await FrameSocket.live(server, tokenAt(server)),
        await FrameSocket.plain(server, tokenAt(server)),
      ];
      expect(await refusalOf(server, tokenAt(server))).toEqual({
        status,
        retryAfter: '30',
        body: {
          statusCode: status,
          error,
          code: 'too_many_connections',
          message: expect.any(String),
          params: expect.objectContaining({ max: expect.any(Number) }),
        },
      });
      first.socket.close();
      await first.closed;
      await FrameSocket.live(server, tokenAt(server));
      await server.close();
    },
  );

  test('by the address that a trusted proxy names', async () => {
    const server = await RunningServer.start({ MAX_CONNECTIONS_PER_ADDRESS: '1', TRUSTED_PROXIES: 'loopback' });
    const from = (address: string): Record<string, string> => ({
      Authorization: `Bearer ${tokenAt(server)}`,
      'X-Forwarded-For': address,
    });
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      await once(new WebSocket(`ws://${server.host}/ws`, { headers: from(address) }), 'open');
    }
    expect((await refusalOf(server, tokenAt(server), from('192.0.2.1'))).status).toBe(429);
    await server.close();
  });

  test('but a client without a token learns nothing of the cap', async () => {
    const server = await RunningServer.start({ MAX_CONNECTIONS: '1' });
    await FrameSocket.live(server, tokenAt(server));
    expect((await refusalOf(server, 'nonsense')).status).toBe(401);
    await server.close();
  });
});

describe('frames are capped', () => {
  const server = useFreshServer();
  let client: FrameSocket;

  beforeEach(async () => {
    client = await FrameSocket.live(server, tokenAt(server));
  });

  test('with 4429 for a client that floods, while its neighbours are served', async () => {
    const neighbour = await FrameSocket.live(server, tokenAt(server));
    for (let n = 0; n < 1200; n++) client.send({ event: 'ack', data: {} });
    expect(await client.closed).toEqual({ code: 4429, reason: 'too many frames' });
    await neighbour.next('live');
    neighbour.send({ event: 'heartbeat' });
    await neighbour.next('heartbeat_ack');
  });

  test('with 4429 for a flood of pings', async () => {
    for (let n = 0; n < 1200; n++) client.socket.ping();
    expect((await client.closed).code).toBe(4429);
  });

  test.each<[string, Buffer]>([
    ['pings', wireFrame(Buffer.alloc(125), { opcode: PING })],
    ['heartbeats', wireFrame(Buffer.from('{"event":"heartbeat"}'), { opcode: TEXT })],
    ['acknowledgements', wireFrame(Buffer.from('{"event":"ack","data":{}}'), { opcode: TEXT })],
  ])('but not for 900 %s in one segment', async (_, frame) => {
    await client.next('live');
    const [connection] = server.app.get(Connections, { strict: false }).all();
    const { stream } = connection as SocketConnection;
    // Emits them as one read of a large segment.
    stream.emit('data', Buffer.concat(Array<Buffer>(900).fill(frame)));
    client.send('no JSON');
    while ((await client.nextOf('heartbeat_ack', 'error')).event === 'heartbeat_ack');
  });

  test('but not for a client that acknowledges each of 3,000 notifications', async () => {
    await client.next('live');
    const repository = server.app.get(NotificationRepository, { strict: false });
    const facts = { priority: 'low' as const, category: 'c', audience: ['everyone'], sender: 's' };
    for (let n = 1; n <= 3000; n++)
      void repository.append(['everyone'], { event: 'notification', data: { title: 't', message: 'm', ...facts } });
    for (let offset = 0; offset < 3000;) {
      // The reading speed may change the credit.
      const { event, data } = await client.nextOf('notification', 'credit');
      if (event === 'notification') client.send({ event: 'ack', data: { everyone: { low: (offset = data.offset) } } });
    }
    client.send({ event: 'heartbeat' });
    // So may the last acknowledgement.
    while ((await client.nextOf('heartbeat_ack', 'credit')).event === 'credit');
  });
});
