import type { Positions } from '@herald/protocol';
import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NotificationRepository } from '../src/repository/notification-repository.js';
import { FrameSocket } from './frame-socket.js';
import { headOf } from './repository/log-contents.js';
import { RunningServer } from './running-server.js';

const DAY_MS = 24 * 3_600_000;

describe('HISTORY_DAYS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-days-'));
  const DATABASE_URL = `sqlite:${join(folder, 'herald.db')}`;
  afterAll(() => rmSync(folder, { recursive: true }));

  test('drops older entries when the server starts, and announces a gap to clients that come back', async () => {
    const before = await RunningServer.start({ DATABASE_URL });
    const token = await before.signIn();
    const first = await before.send(token, { priority: 'low' });
    for (let n = 0; n < 2; n++) await before.send(token, { priority: 'low' });
    const { epoch } = await before.app.get(NotificationRepository).heads([]);
    await before.close();
    const { now } = Date;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 2 * DAY_MS);
    const server = await RunningServer.start({ DATABASE_URL, HISTORY_DAYS: '1' });
    const repository = server.app.get(NotificationRepository);
    while ((await headOf(repository, 'everyone', 'low')).id !== null) await nextTurn();
    const positions: Positions = { epoch, channels: { everyone: { low: [1, first.id] } } };
    const back = await FrameSocket.open(server, await server.signIn());
    back.send({ event: 'hello', data: { positions } });
    await back.next('welcome');
    expect((await back.next('gap')).data).toEqual({
      channel: 'everyone',
      lane: 'low',
      from: 2,
      to: 3,
      id: null,
      reason: 'trimmed',
    });
    back.socket.terminate();
    await server.close();
    clock.mockRestore();
  });
});
