import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Priority } from '../../protocol/notification.js';
import type { Connection } from '../src/gateway/connection.js';
import { Connections } from '../src/gateway/connections.js';
import { NotificationRepository } from '../src/repository/notification-repository.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer } from './running-server.js';

const FRAME_BYTES = 12_500;
/** What waits in the server for a watcher: a socket's fill, and one frame beyond. */
const WATCHER_BYTES = 64 * 1024 + FRAME_BYTES;

describe('a client that reads slowly', () => {
  let server: RunningServer;
  let token: string;
  let stored = 0;

  beforeEach(async () => {
    server = await RunningServer.start();
    token = await server.signIn();
    stored = 0;
  });

  afterEach(() => server.close());

  /** Stores straight in the repository, as fast as can be, and lets the engine have its turn. */
  async function publish(priority: Priority, count: number, size: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      stored += 1;
      const facts = { priority, category: 'test', sender: 'ada', createdAt: '2026-01-31T08:00:00.000Z' };
      await server.app.get(NotificationRepository).append('everyone', { id: uuidv7(), title: 't', message: 'm'.repeat(size), ...facts });
    }
    await nextTurn();
  }

  function newest(): Connection {
    return [...server.app.get(Connections).all()].at(-1)!;
  }

  it('is sent the rest as soon as it reads again, a watcher too', async () => {
    const watcher = await FrameSocket.watch(server, token);
    await watcher.next('welcome');
    await watcher.next('live');
    watcher.socket.pause();
    const { stream } = newest();
    while (stream.writableLength < WATCHER_BYTES / 2) await publish('medium', 5, 12_000);
    await publish('medium', 20, 12_000);
    expect(stream.writableLength).toBeLessThanOrEqual(WATCHER_BYTES);
    watcher.socket.resume();
    for (let offset = 1; offset <= stored; offset++) {
      expect((await watcher.next('notification')).data.offset).toBe(offset);
    }
  });

});
