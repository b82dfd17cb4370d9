import { entriesIn, headOf } from '#test/repository/log-contents.js';
import { entryOf, notificationOf } from '#test/repository/notification-repository.contract.js';
import { jest } from '@jest/globals';
import { InMemoryNotificationRepository } from '../../repository/in-memory/in-memory-notification-repository.js';
import type { NotificationRepository } from '../../repository/notification-repository.js';
import { AckWindow } from '../connection/window.js';
import { Cursor } from '../connection/cursor.js';
import { Lane } from './lane.js';
import { LogReader } from './log-reader.js';
import { Pages, PAGES_BYTES_MAX, READS_MAX, type Waiting } from './pages.js';
import { Subscription } from '../connection/subscription.js';
import { LaneTotals } from '../totals.js';

const SINK = { write: () => undefined, fail: () => undefined };

describe('pages', () => {
  let repository: InMemoryNotificationRepository;
  let pages: Pages;
  let arrived: { offsets: number[]; firstOffset: number }[];
  let failures: unknown[];

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(10_000);
    arrived = [];
    failures = [];
    const offsets = (waiting: Waiting): number[] => [...waiting.keys()].map(({ next }) => next);
    pages = new Pages(readerOf(repository), {
      arrived: (waiting, firstOffset) => arrived.push({ offsets: offsets(waiting), firstOffset }),
      failed: (_, error) => failures.push(error),
    });
  });

  async function laneWith(channel: string, count: number, bytes = 10): Promise<Lane> {
    // Texts would be prepared for search.
    const url = 'm'.repeat(bytes);
    for (let n = 0; n < count; n++)
      await repository.append([channel], { event: 'notification', data: { ...notificationOf('low'), url } });
    const lane = new Lane(channel, 'low', new LaneTotals());
    lane.growTo(await headOf(repository, channel, 'low'));
    return lane;
  }

  function want(cursor: Cursor): void {
    pages.want(cursor, new Subscription([cursor], new AckWindow(0), SINK, []));
  }

  async function read(cursor: Cursor): Promise<void> {
    want(cursor);
    pages.readWanted();
    await new Promise(setImmediate);
  }

  test('have the frames of 64 entries, and end at a multiple of 64 entries', async () => {
    const lane = await laneWith('everyone', 200);
    await read(new Cursor(lane, 20));
    await read(new Cursor(lane, 65));
    expect([19, 20, 64, 65, 128, 129].map((offset) => lane.find(offset) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(lane.find(20)?.slice(20, Infinity, 0)).toMatchObject({ from: 20, to: 64 });
  });

  test('have at most 64 KB of entries, but at least one', async () => {
    const [lane, large] = [await laneWith('everyone', 10, 20_000), await laneWith('topic:large', 2, 100_000)];
    await read(new Cursor(lane, 1));
    await read(new Cursor(large, 1));
    expect(lane.find(1)?.nextOffset).toBe(4);
    expect(large.find(1)?.nextOffset).toBe(2);
  });

  test('have consecutive entries only', async () => {
    const lane = await laneWith('everyone', 4);
    const { epoch, entries } = await repository.read('everyone', 'low', 1, 4);
    const holed = entries.filter(({ offset }) => offset !== 3);
    jest.spyOn(repository, 'read').mockResolvedValueOnce({ epoch, entries: holed });
    await read(new Cursor(lane, 1));
    expect(lane.find(1)?.nextOffset).toBe(3);
    await read(new Cursor(lane, 3));
    expect(lane.find(3)?.nextOffset).toBe(5);
  });

  test('are read once for all cursors that wait for the same frame', async () => {
    const lane = await laneWith('everyone', 10);
    const reads = jest.spyOn(repository, 'read');
    for (let n = 0; n < 3; n++) want(new Cursor(lane, 1));
    pages.readWanted();
    want(new Cursor(lane, 1));
    await new Promise(setImmediate);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(arrived).toEqual([{ offsets: [1, 1, 1, 1], firstOffset: 1 }]);
  });

  test('are read a few at a time', async () => {
    const lanes = await Promise.all(Array.from({ length: READS_MAX + 3 }, (_, n) => laneWith(`topic:t${n}`, 1)));
    for (const lane of lanes) want(new Cursor(lane, 1));
    pages.readWanted();
    await new Promise(setImmediate);
    expect(arrived).toHaveLength(READS_MAX);
    pages.readWanted();
    await new Promise(setImmediate);
    expect(arrived).toHaveLength(READS_MAX + 3);
  });

  test('are bounded in memory for all lanes together, and the oldest make room', async () => {
    const lanes = await Promise.all([laneWith('everyone', 80, 60_000), laneWith('topic:other', 80, 60_000)]);
    for (const lane of lanes) for (let next = 1; next <= 80; next++) await read(new Cursor(lane, next));
    const kept = lanes.flatMap((lane) => Array.from({ length: 80 }, (_, n) => lane.find(n + 1) ?? []).flat());
    const bytes = kept.reduce((sum, { capacity }) => sum + capacity, 0);
    expect(bytes).toBeLessThanOrEqual(PAGES_BYTES_MAX);
    expect(bytes).toBeGreaterThan(PAGES_BYTES_MAX - 65_536);
    expect([lanes[0].find(1), lanes[1].find(80) === undefined]).toEqual([undefined, false]);
  });

  test('report the first entry that is still stored', async () => {
    repository = new InMemoryNotificationRepository(10);
    pages = new Pages(readerOf(repository), {
      arrived: (_, firstOffset) => arrived.push({ offsets: [], firstOffset }),
      failed,
    });
    const lane = await laneWith('everyone', 30);
    const [oldest] = await entriesIn(repository, 'everyone', 'low', 1, 1);
    await read(new Cursor(lane, 1));
    expect(arrived[0]?.firstOffset).toBe(oldest?.offset);
    await read(new Cursor(laneBehindAll(), 1));
    expect(arrived[1]?.firstOffset).toBe(8);
  });

  test('report that a read failed', async () => {
    const lane = await laneWith('everyone', 1);
    jest.spyOn(repository, 'read').mockRejectedValueOnce(new Error('disk on fire'));
    await read(new Cursor(lane, 1));
    expect([failures, arrived]).toEqual([[new Error('disk on fire')], []]);
    await read(new Cursor(lane, 1));
    expect(arrived).toHaveLength(1);
  });
});

function readerOf(repository: NotificationRepository): LogReader {
  return new LogReader(repository, () => undefined);
}

/** Its head is 7, but nothing is stored. */
function laneBehindAll(): Lane {
  const lane = new Lane('topic:empty', 'low', new LaneTotals());
  lane.growTo({ offset: 7, id: entryOf('low').data.id });
  return lane;
}

function failed(_: Waiting, error: unknown): never {
  throw error;
}
