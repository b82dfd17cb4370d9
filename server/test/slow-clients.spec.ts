import type { NotificationFrame, Priority, ServerFrame } from '@herald/protocol';
import { jest } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Connections } from '../src/connections/connections.js';
import type { SocketConnection } from '../src/gateway/socket-connection.js';
import { NotificationRepository } from '../src/repository/notification-repository.js';
import { ChaosClient } from './chaos/chaos-client.js';
import { FrameSocket } from './frame-socket.js';
import { useFreshServer } from './running-server.js';
import { headOf } from './repository/log-contents.js';

const KB = 1024;
const LARGE = 12_000;
/** Limit of the server's buffer for a plain client: a full socket, and one frame beyond. */
const PLAIN_CLIENT_BYTES = 64 * KB + LARGE + 500;

/** The kernel buffers some megabytes before a socket is full. */
jest.setTimeout(20_000);

describe('a client that reads slowly', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  /** Stores directly in the repository for speed, and then lets the engine have its turn. */
  async function publish(priority: Priority, count: number, size: number): Promise<void> {
    const repository = server.app.get(NotificationRepository);
    const facts = { priority, category: 'test', audience: ['everyone'], sender: 'ada' };
    for (let n = 0; n < count; n++) {
      const data = { title: 't', message: 'm'.repeat(size), ...facts };
      await repository.append(['everyone'], { event: 'notification', data });
    }
    await nextTurn();
  }

  function newest(): SocketConnection {
    return [...server.app.get(Connections).all()].at(-1) as SocketConnection;
  }

  /** A plain client that has stopped reading, with so much pending that its socket is full. */
  async function stalledPlainClient(): Promise<FrameSocket> {
    const plain = await FrameSocket.plain(server, token);
    await plain.next('welcome');
    await plain.next('live');
    plain.socket.pause();
    const { stream } = newest();
    while (!stream.writableNeedDrain || stream.writableLength < 32 * KB) await publish('medium', 20, LARGE);
    await publish('medium', 20, LARGE);
    return plain;
  }

  async function receive(client: FrameSocket, count: number): Promise<NotificationFrame['data'][]> {
    const received: NotificationFrame['data'][] = [];
    while (received.length < count) received.push((await client.next('notification')).data);
    return received;
  }

  it('buffers at most one full socket as a plain client, and gets the rest once it reads', async () => {
    const plain = await stalledPlainClient();
    expect(newest().stream.writableLength).toBeLessThanOrEqual(PLAIN_CLIENT_BYTES);
    const { offset: stored } = await headOf(server.app.get(NotificationRepository), 'everyone', 'medium');
    plain.socket.resume();
    const received = await receive(plain, stored);
    expect(received.map(({ offset }) => offset)).toEqual(received.map((_, i) => i + 1));
  });

  it('harms no neighbour while it is stalled', async () => {
    const neighbour = new ChaosClient('neighbour', [server.host], token);
    neighbour.connect();
    await neighbour.until(() => neighbour.ledger.isLive);
    await stalledPlainClient();
    await publish('high', 5, 100);
    const { offset: stored } = await headOf(server.app.get(NotificationRepository), 'everyone', 'medium');
    await neighbour.until(() => neighbour.ledger.offsetIn('everyone', 'medium') === stored);
    expect([neighbour.ledger.offsetIn('everyone', 'high'), neighbour.connections]).toEqual([5, 1]);
    await neighbour.stop();
  });

  it('is closed when it keeps sending without reading the answers', async () => {
    const plain = await stalledPlainClient();
    const connection = newest();
    let now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const isClosed = (): boolean => !connection.isOpen;
    let most = 0;
    for (let beats = 0; !isClosed() && beats < 10_000; beats += 500) {
      for (let n = 0; n < 500; n++) plain.send({ event: 'heartbeat' });
      // A higher rate would be refused as a flood.
      now += 20_000;
      while (!isClosed() && connection.lastSeenAt < now) await nextTurn();
      most = Math.max(most, connection.stream.writableLength);
    }
    clock.mockRestore();
    expect(isClosed()).toBe(true);
    expect(most).toBeLessThan(512 * KB);
  });

  it('has at most 32 KB of high and 8.5 KB of medium and low in flight, plus a frame each, until it acknowledges', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const bytes: Record<string, number> = { high: 0, medium: 0, low: 0 };
    client.socket.on('message', (message: Buffer) => {
      const frame = JSON.parse(message.toString()) as ServerFrame;
      if (frame.event === 'notification') bytes[frame.data.priority]! += message.length;
    });
    for (const lane of ['low', 'medium', 'high'] as const) await publish(lane, 200, 700);
    // The server writes everything that the credit allows before this answer.
    client.send({ event: 'heartbeat' });
    while ((await client.nextOf('notification', 'heartbeat_ack')).event !== 'heartbeat_ack');
    expect(bytes['medium']! + bytes['low']!).toBeGreaterThan(4 * KB);
    expect(bytes['medium']! + bytes['low']!).toBeLessThanOrEqual(9.5 * KB);
    expect(bytes['high']! + bytes['medium']! + bytes['low']!).toBeGreaterThan(35 * KB);
    expect(bytes['high']! + bytes['medium']! + bytes['low']!).toBeLessThanOrEqual(43 * KB);
  });

  it('receives a new high before the rest of its backlog of low', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    await publish('low', 100, 700);
    await publish('high', 1, 700);
    const lanes: string[] = [];
    while (lanes.at(-1) !== 'high') lanes.push((await client.next('notification')).data.priority);
    const lowBefore = lanes.length - 1;
    expect(lowBefore).toBeLessThan(25);
    // Acknowledging continues low where it stopped, in order.
    let last = lowBefore;
    while (last < 100) {
      client.send({ event: 'ack', data: { everyone: { low: last } } });
      // The reading speed may change the credit.
      const { event, data } = await client.nextOf('notification', 'credit');
      if (event === 'notification') expect(data.offset).toBe((last += 1));
    }
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });
});
