import type { ConnectionDetails, ConnectionPage } from '@herald/protocol';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Connections } from '../src/connections/connections.js';
import { EventReader } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { type Answer, DRAFT, useFreshServer } from './running-server.js';

const PATH = '/api/operations/connections';
const UNKNOWN = '5f0c2a52-7a54-4d0c-9d5c-1f2f6a3b8e10';

describe('the open connections', () => {
  const server = useFreshServer();
  let admin: string;
  let bob: string;

  beforeEach(async () => {
    admin = await server.signIn();
    await server.createUser('bob', ['ops']);
    bob = await server.signIn('bob');
  });

  const pageOf = async (query = ''): Promise<ConnectionPage> => {
    return (await server.get(PATH + query, admin)).body as ConnectionPage;
  };
  const detailsOf = async (id: string): Promise<ConnectionDetails> => {
    return (await server.get(`${PATH}/${id}`, admin)).body as ConnectionDetails;
  };

  /** A client of herald.v1 that is live, and the id of its connection. */
  async function live(token: string): Promise<{ client: FrameSocket; id: string }> {
    const client = await FrameSocket.open(server, token);
    client.send({ event: 'hello' });
    const { data } = await client.next('welcome');
    await client.next('live');
    return { client, id: data.connectionId };
  }

  test.each([PATH, `${PATH}/${UNKNOWN}`])('%s is for administrators only', async (path) => {
    const answers = [await server.get(path), await server.get(path, bob)];
    expect(answers.map(({ status, body }: Answer) => [status, (body as { code: string }).code])).toEqual([
      [401, 'invalid_token'],
      [403, 'admin_only'],
    ]);
  });

  test('are listed with user, transport and time, page by page and by user', async () => {
    await live(bob);
    await live(admin);
    const reader = await EventReader.open(server, bob);
    await reader.next('welcome');
    const { items, nextCursor } = await pageOf();
    expect(items.map(({ username, transport }) => `${username} ${transport}`).sort()).toEqual([
      'admin websocket',
      'bob event-stream',
      'bob websocket',
    ]);
    expect(nextCursor).toBeNull();
    for (const { connectedAt, expiresAt } of items) {
      expect(Date.parse(connectedAt)).toBeLessThanOrEqual(Date.now());
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    }
    const first = await pageOf('?limit=2');
    const second = await pageOf(`?limit=2&after=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.nextCursor).toBeNull();
    expect((await pageOf('?username=bob')).items).toHaveLength(2);
    expect((await pageOf('?username=nobody')).items).toEqual([]);
    reader.close();
  });

  test('show the waiting entries of a client, and none once it has acknowledged everything', async () => {
    const { client, id } = await live(bob);
    for (let n = 0; n < 40; n++) await server.send(admin, { ...DRAFT, priority: 'low', message: 'm'.repeat(1000) });
    const { delivery, ...summary } = await detailsOf(id);
    expect(summary).toMatchObject({ id, username: 'bob', transport: 'websocket' });
    expect(delivery!.channels).toEqual(['everyone', 'user:bob', 'role:ops']);
    expect(delivery!.lanes).toHaveLength(9);
    const lane = delivery!.lanes.find(({ channel, lane }) => channel === 'everyone' && lane === 'low')!;
    expect(lane).toMatchObject({ head: 40, waiting: 41 - lane.next });
    expect(lane.waiting).toBeGreaterThan(0);
    expect(delivery!.bytesInFlight).toBeGreaterThan(1000);
    expect(delivery!.availableBytes).toEqual({ high: 32 * 1024, medium: 0, low: 0 });
    for (let offset = 0; offset < 40;) {
      const { event, data } = await client.nextOf('notification', 'credit');
      if (event === 'notification') client.send({ event: 'ack', data: { everyone: { low: (offset = data.offset) } } });
    }
    client.send({ event: 'heartbeat' });
    while ((await client.nextOf('heartbeat_ack', 'credit')).event !== 'heartbeat_ack');
    const after = (await detailsOf(id)).delivery!;
    expect(after.lanes.map(({ waiting }) => waiting)).toEqual(after.lanes.map(() => 0));
    expect(after.bytesInFlight).toBe(0);
    expect(after.availableBytes.high).toBe(32 * 1024);
  });

  test('show an event stream, and a client that has not said hello', async () => {
    const reader = await EventReader.open(server, bob);
    await reader.next('welcome');
    await reader.next('live');
    const [stream] = (await pageOf('?username=bob')).items;
    expect((await detailsOf(stream!.id)).delivery).toMatchObject({ bytesInFlight: 0 });
    reader.close();
    await FrameSocket.open(server, admin);
    const [silent] = (await pageOf('?username=admin')).items;
    expect(await detailsOf(silent!.id)).not.toHaveProperty('delivery');
  });

  test('answer 404 for an unknown or closed connection, and 400 for a malformed id', async () => {
    const { status, body } = await server.get(`${PATH}/${UNKNOWN}`, admin);
    expect([status, body]).toMatchObject([404, { code: 'unknown_connection' }]);
    expect((await server.get(`${PATH}/nonsense`, admin)).status).toBe(400);
    const { client, id } = await live(admin);
    client.socket.close();
    await client.closed;
    // The server notices a close in a later turn.
    const connections = server.app.get(Connections, { strict: false });
    while (connections.size > 0) await nextTurn();
    expect((await server.get(`${PATH}/${id}`, admin)).status).toBe(404);
  });
});
