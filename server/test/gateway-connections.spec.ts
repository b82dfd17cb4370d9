import { jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { DeliveryEngine } from '../src/delivery/delivery-engine.js';
import type { Subscription } from '../src/delivery/connection/subscription.js';
import { Connections } from '../src/connections/connections.js';
import { FrameSocket } from './frame-socket.js';
import { useFreshServer } from './running-server.js';

const turn = promisify(setImmediate);

/** Number of handles that keep the process alive, by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    // Timers outlive their requests; sockets and servers do not.
    if (kind.startsWith('TCP')) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('connections that end badly', () => {
  const server = useFreshServer();
  let token: string;
  let connections: Connections;
  let ended: Promise<unknown>[];
  const noteEnd = (socket: Socket): number => ended.push(new Promise((resolve) => socket.once('close', resolve)));

  beforeEach(async () => {
    token = await server.signIn();
    server.http.closeAllConnections();
    connections = server.app.get(Connections, { strict: false });
    ended = [];
    server.http.on('connection', noteEnd);
  });

  /** Resolves once the server has seen `count` connections come and go. */
  async function allGone(count: number): Promise<void> {
    while (ended.length < count) await once(server.http, 'connection');
    await Promise.all(ended);
    await turn();
  }

  async function openSockets(): Promise<number> {
    return promisify(server.http.getConnections.bind(server.http))();
  }

  const head = (credentials: string): string =>
    [
      'GET /ws HTTP/1.1',
      `Host: ${server.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      credentials,
      '',
      '',
    ].join('\r\n');

  test('lose their subscription when they are cut', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const [connection] = connections.all();
    client.socket.terminate();
    while (connections.size > 0) await turn();
    expect(connection!.subscription!.isDetached).toBe(true);
  });

  test('lose their subscription when they are cut between hello and welcome', async () => {
    const engine = server.app.get(DeliveryEngine, { strict: false });
    const subscribe = engine.subscribe.bind(engine);
    const client = await FrameSocket.open(server, token);
    let subscription: Subscription | undefined;
    jest.spyOn(engine, 'subscribe').mockImplementation(async (options) => {
      const subscribed = await subscribe(options);
      client.socket.terminate();
      while (connections.size > 0) await turn();
      ({ subscription } = subscribed);
      return subscribed;
    });
    client.send({ event: 'hello' });
    while (subscription === undefined) await turn();
    await turn();
    expect(subscription.isDetached).toBe(true);
  });

  test('leave nothing behind when 200 sockets die mid-handshake', async () => {
    const good = head(`Authorization: Bearer ${token}`);
    const deaths: ((socket: Socket) => void)[] = [
      (socket) => void socket.destroy(),
      (socket) => void socket.write(good.slice(0, 40), () => socket.destroy()),
      (socket) => void socket.write(good.slice(0, -2), () => socket.resetAndDestroy()),
      (socket) => void socket.write(good, () => socket.resetAndDestroy()),
      (socket) => void socket.write(good, () => socket.destroy()),
      (socket) => void socket.write(head('Authorization: Bearer nonsense'), () => socket.resetAndDestroy()),
      (socket) => void socket.write(`${good}\x81\x85`, () => socket.destroy()),
      (socket) => void socket.end(good),
    ];
    await turn();
    const before = handles();
    const closed: Promise<unknown>[] = [];
    for (let n = 0; n < 200; n++) {
      const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
      // Reads the server's answer, so that the socket sees the end of the stream.
      socket.resume().once('connect', () => deaths[n % deaths.length]!(socket));
    }
    await allGone(200);
    // The client's sockets are handles of this process too.
    await Promise.all(closed);
    expect(ended).toHaveLength(200);
    expect([connections.size, await openSockets()]).toEqual([0, 0]);
    expect(handles()).toEqual(before);

    const client = await FrameSocket.live(server, token);
    expect(connections.size).toBe(1);
    client.socket.terminate();
  });

  test.each<[string, (socket: Socket) => void]>([
    ['cuts', (socket) => void socket.destroy()],
    ['resets', (socket) => void socket.resetAndDestroy()],
    ['ends without a close frame', (socket) => void socket.end()],
  ])('forget at once a client that %s, and keep its neighbour', async (_, die) => {
    const neighbour = await FrameSocket.live(server, token);
    const client = await FrameSocket.live(server, token);
    expect(connections.size).toBe(2);
    die((client.socket as unknown as { _socket: Socket })._socket);
    await ended[1];
    await turn();
    expect(connections.size).toBe(1);
    await neighbour.next('live');
    const { id } = await server.send(token);
    expect((await neighbour.next('notification')).data.id).toBe(id);
  });

  test("answer a close with the client's own code", async () => {
    const client = await FrameSocket.live(server, token);
    client.socket.close(1000);
    expect((await client.closed).code).toBe(1000);
    await ended[0];
    await turn();
    expect([connections.size, await openSockets()]).toEqual([0, 0]);
  });
});
