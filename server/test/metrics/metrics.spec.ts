import type { NotificationDraft, Positions, Priority } from '@herald/protocol';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Connections } from '../../src/connections/connections.js';
import type { SocketConnection } from '../../src/gateway/socket-connection.js';
import { NotificationRepository } from '../../src/repository/notification-repository.js';
import { Store } from '../../src/repository/store.js';
import { EventReader } from '../event-reader.js';
import { FrameSocket } from '../frame-socket.js';
import { useFreshServer } from '../running-server.js';
import { Scrape } from './scrape.js';

const FACTS = { category: 'test', audience: ['everyone'], sender: 'ada' };
const GARBAGE = 21;

describe('GET /metrics', () => {
  const server = useFreshServer({ HISTORY_LIMIT: '100' });
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  /** How much a figure grows while `work` runs. Figures of refusals belong to the process, not to the server. */
  async function growth(work: () => Promise<unknown>, ...keys: string[]): Promise<number[]> {
    const before = await Scrape.of(server);
    await work();
    const after = await Scrape.of(server);
    return keys.map((key) => after.value(key) - before.value(key));
  }

  async function publish(priority: Priority, count: number, size: number): Promise<void> {
    const repository = server.app.get(NotificationRepository);
    const data = { title: 't', message: 'm'.repeat(size), priority, ...FACTS };
    for (let n = 0; n < count; n++) await repository.append(['everyone'], { event: 'notification', data });
    await nextTurn();
  }

  async function liveClient(): Promise<FrameSocket> {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    return client;
  }

  const newest = (): SocketConnection => [...server.app.get(Connections).all()].at(-1) as SocketConnection;

  /** Waits until the server has noticed that all connections are closed. */
  async function allGone(): Promise<void> {
    while (server.app.get(Connections).size > 0) await nextTurn();
  }

  async function resumeAt(positions: Positions): Promise<void> {
    const client = await FrameSocket.open(server, token);
    client.send({ event: 'hello', data: { positions } });
    await client.next('welcome');
    client.socket.terminate();
    await allGone();
  }

  test('answers in the text format of Prometheus', async () => {
    const { status, headers, body } = await server.get('/metrics');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
    expect(body).toMatch(/^# HELP herald_build_info .+\n# TYPE herald_build_info gauge\n/);
  });

  test('counts the open connections by transport', async () => {
    const [client, stream] = [await liveClient(), await EventReader.open(server, token)];
    await stream.next('welcome');
    const scrape = await Scrape.of(server);
    const open = ['websocket', 'event-stream'].map((name) => scrape.value(`herald_connections{transport="${name}"}`));
    expect(open).toEqual([1, 1]);
    client.socket.terminate();
    stream.close();
    await allGone();
    expect((await Scrape.of(server)).value('herald_connections{transport="websocket"}')).toBe(0);
  });

  test('counts the entries sent in each lane, their bytes and their latency', async () => {
    const clients = [await liveClient(), await liveClient()];
    const send = async (): Promise<void> => {
      await server.send(token, { priority: 'high' } satisfies Partial<NotificationDraft>);
      for (const client of clients) await client.next('notification');
    };
    const [entries, bytes, count, seconds, low, appends] = await growth(
      send,
      'herald_deliveries_total{lane="high"}',
      'herald_delivered_bytes_total{lane="high"}',
      'herald_delivery_latency_seconds_count{lane="high"}',
      'herald_delivery_latency_seconds_sum{lane="high"}',
      'herald_deliveries_total{lane="low"}',
      'herald_store_duration_seconds_count{operation="append"}',
    );
    expect([entries, count, low, appends]).toEqual([2, 2, 0, 1]);
    expect(bytes).toBeGreaterThan(2 * 200);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1);
  });

  test('leaves out the latency of entries that a client catches up on', async () => {
    const client = await FrameSocket.live(server, token);
    client.socket.terminate();
    await allGone();
    await liveClient();
    await publish('low', 1, 100);
    const { epoch } = await server.app.get(NotificationRepository).heads([]);
    const catchUp = (): Promise<void> => resumeAt({ epoch, channels: { everyone: { low: [0, null] } } });
    server.app.get(Connections).onModuleDestroy();
    await allGone();
    const [entries, count] = await growth(
      catchUp,
      'herald_deliveries_total{lane="low"}',
      'herald_delivery_latency_seconds_count{lane="low"}',
    );
    expect([entries, count]).toEqual([1, 0]);
  });

  test('counts the entries that wait for a client that does not acknowledge, and its stalls', async () => {
    const client = await liveClient();
    const [stalls] = await growth(() => publish('low', 50, 1000), 'herald_window_stalls_total{lane="low"}');
    expect(stalls).toBeGreaterThan(0);
    const waiting = (await Scrape.of(server)).value('herald_backlog_entries{lane="low"}');
    expect(waiting).toBeGreaterThan(30);
    expect(waiting).toBe(
      newest()
        .subscription!.figures()
        .lanes.reduce((sum, lane) => sum + lane.waiting, 0),
    );
    client.socket.terminate();
    await allGone();
    expect((await Scrape.of(server)).value('herald_backlog_entries{lane="low"}')).toBe(0);
  });

  test('counts resumes, and the gaps of positions that are not accepted', async () => {
    await publish('low', 1, 100);
    const { epoch } = await server.app.get(NotificationRepository).heads([]);
    const channels = { everyone: { low: [0, null] as [number, null] } };
    const keys = [
      'herald_resumes_total{outcome="complete"}',
      'herald_resumes_total{outcome="gap"}',
      'herald_gaps_total{reason="epoch"}',
      'herald_gaps_total{reason="truncated"}',
    ];
    expect(await growth(() => resumeAt({ epoch, channels }), ...keys)).toEqual([1, 0, 0, 0]);
    expect(await growth(() => resumeAt({ epoch: 'another', channels }), ...keys)).toEqual([0, 1, 1, 0]);
    const beyond = { epoch, channels: { everyone: { low: [7, null] as [number, null] } } };
    expect(await growth(() => resumeAt(beyond), ...keys)).toEqual([0, 1, 0, 1]);
  });

  test('counts the gap of entries that retention drops before they are sent', async () => {
    const client = await liveClient();
    const trim = async (): Promise<void> => {
      await publish('low', 300, 4000);
      client.send({ event: 'ack', data: { everyone: { low: newest().subscription!.pending[0]!.next - 1 } } });
      while ((await client.nextOf('notification', 'credit', 'gap')).event !== 'gap');
    };
    expect(await growth(trim, 'herald_gaps_total{reason="trimmed"}')).toEqual([1]);
    client.socket.terminate();
  });

  test('counts refused requests and upgrades by their code', async () => {
    const refuse = async (): Promise<void> => {
      await server.get('/api/nothing');
      await server.get('/api/notifications', 'nonsense');
      const socket = new WebSocket(`ws://${server.host}/ws`, ['herald.v1', 'bearer.nonsense']);
      await once(socket, 'error');
    };
    const keys = ['unknown_path', 'invalid_token'].map((code) => `herald_refusals_total{code="${code}"}`);
    expect(await growth(refuse, ...keys)).toEqual([1, 2]);
  });

  test.each([
    ['too many faulty frames', 4400, (client: FrameSocket) => sendGarbage(client)],
    ['a frame that is too large', 1009, (client: FrameSocket) => client.send('x'.repeat(100_000))],
    ['a text that is not UTF-8', 1007, (client: FrameSocket) => client.socket.send(Buffer.of(0xff), { binary: false })],
  ])('counts a WebSocket that is closed because of %s, by its code', async (_, code, offend) => {
    const client = await liveClient();
    const close = async (): Promise<void> => {
      offend(client);
      await client.closed;
      await allGone();
    };
    expect(await growth(close, closesOf('websocket', code))).toEqual([1]);
  });

  test('counts a WebSocket whose client acknowledges but does not read as slow', async () => {
    const client = await liveClient();
    client.socket.pause();
    const connection = newest();
    const isOpen = (): boolean => connection.isOpen;
    const cut = async (): Promise<void> => {
      while (isOpen()) {
        await publish('low', 4, 12_000);
        const [cursor] = connection.subscription!.cursors.filter(({ lane }) => lane.priority === 'low');
        const heardAt = connection.lastSeenAt;
        client.send({ event: 'ack', data: { everyone: { low: cursor!.next - 1 } } });
        while (isOpen() && connection.lastSeenAt === heardAt) await nextTurn();
      }
      client.socket.terminate();
      await allGone();
    };
    const keys = [slowOf('websocket'), closesOf('websocket', 4508)];
    expect(await growth(cut, ...keys)).toEqual([1, 1]);
  });

  test('counts an event stream whose client reads nothing as slow', async () => {
    const accepted: Socket[] = [];
    server.http.on('connection', (socket: Socket) => accepted.push(socket));
    const stream = await EventReader.open(server, token);
    await stream.next('welcome');
    const cut = async (): Promise<void> => {
      // Node emits it after 75 s without progress.
      accepted[0]!.emit('timeout');
      await stream.closed;
      await allGone();
    };
    const keys = [slowOf('event-stream'), closesOf('event-stream', 4508)];
    expect(await growth(cut, ...keys)).toEqual([1, 1]);
  });

  test('counts reads of the store, and tells whether it works', async () => {
    const read = (): Promise<unknown> => server.get('/api/notifications', token);
    const [reads] = await growth(read, 'herald_store_duration_seconds_count{operation="read"}');
    expect(reads).toBeGreaterThan(0);
    expect((await Scrape.of(server)).value('herald_store_ready')).toBe(1);
    await server.app.get(Store).close();
    expect((await Scrape.of(server)).value('herald_store_ready')).toBe(0);
  });

  test('shows no lag behind the log with one node', async () => {
    expect((await Scrape.of(server)).value('herald_log_lag_entries')).toBe(0);
  });

  test('shows the delay of the event loop, memory and open files', async () => {
    const scrape = await Scrape.of(server);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_open_fds'])
      expect(scrape.value(name)).toBeGreaterThan(0);
  });
});

function sendGarbage(client: FrameSocket): void {
  for (let n = 0; n < GARBAGE; n++) client.send('garbage');
}

const closesOf = (transport: string, code: number): string =>
  `herald_connection_closes_total{transport="${transport}",code="${code}"}`;
const slowOf = (transport: string): string => `herald_slow_clients_cut_total{transport="${transport}"}`;
