import { entryOf } from '#test/repository/notification-repository.contract.js';
import type { Priority } from '@herald/protocol';
import { AckWindow } from './connection/window.js';
import { Channel } from './channel.js';
import { FlushQueue } from './schedule/flush-queue.js';
import { Subscription } from './connection/subscription.js';
import { DeliveryTotals } from './totals.js';

const SINK = { write: () => undefined, fail: () => undefined };

/** Bytes of memory that its frames take, after many entries, for so many subscriptions. */
function keptFor(subscriptions: number): number {
  const channel = new Channel('user:ada', new DeliveryTotals());
  for (let n = 0; n < subscriptions; n++) channel.add(new Subscription([], new AckWindow(0), SINK, []), []);
  const lane = channel.lanes[1]!;
  for (let offset = 1; offset <= 20_000; offset++)
    channel.append({ ...entryOf(), channel: channel.name, lane: 'medium', offset }, 0);
  const memories = new Set<ArrayBufferLike>();
  for (let offset = lane.head; lane.find(offset) !== undefined; offset--)
    memories.add(lane.find(offset)!.slice(offset, Infinity, 0)!.bytes.buffer);
  return [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('a channel', () => {
  test.each([
    [1, 64 * 1024],
    [10, 640 * 1024],
    [100, 4 * 1024 * 1024],
  ])('with %i subscriptions keeps the frames of a lane in %i bytes and a segment', (subscriptions, bytes) => {
    const kept = keptFor(subscriptions);
    expect(kept).toBeGreaterThanOrEqual(bytes);
    expect(kept).toBeLessThanOrEqual(bytes + Math.min(bytes / 4, 256 * 1024));
  });

  describe('after a fan-out', () => {
    /** Milliseconds until more may be queued, right after so many entries were queued at 100 ms. */
    function pauseMs(subscriptions: number, entries: number, next: Priority = 'low', now = 100): number {
      const channel = new Channel('everyone', new DeliveryTotals());
      for (let n = 0; n < subscriptions; n++) channel.add(new Subscription([], new AckWindow(0), SINK, []), []);
      const append = (lane: Priority, offset: number) =>
        channel.append({ ...entryOf(lane), channel: 'everyone', lane, offset }, 0);
      for (let offset = 1; offset <= entries; offset++) append('low', offset);
      channel.queueInto(new FlushQueue(), 100);
      append(next, entries + 1);
      return channel.pauseMs(now);
    }

    test('pauses for 4 ms an entry, and at most 72 ms', () => {
      expect([pauseMs(200, 1), pauseMs(200, 10), pauseMs(200, 10, 'low', 105), pauseMs(200, 1000)]).toEqual([
        4, 40, 35, 72,
      ]);
      expect(pauseMs(200, 10, 'low', 140)).toBe(0);
    });

    test('does not pause for high, or with few subscriptions', () => {
      expect([pauseMs(200, 10, 'high'), pauseMs(199, 10)]).toEqual([0, 0]);
    });
  });
});
