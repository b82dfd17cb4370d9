import { jest } from '@jest/globals';
import { entryOf } from '../../test/repository/notification-repository.contract.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckCredit } from './credit.js';
import { Channel } from './channel.js';
import { Subscription } from './subscription.js';

const SINK = { write: () => undefined, fail: () => undefined };

/** Bytes of memory that its frames take, after many entries, for so many subscriptions. */
function keptFor(subscriptions: number): number {
  const channel = new Channel('user:ada');
  for (let n = 0; n < subscriptions; n++) channel.add(new Subscription([], new AckCredit(0), SINK, []), []);
  const lane = channel.lanes[1]!;
  for (let offset = 1; offset <= 20_000; offset++)
    channel.append({ ...entryOf(), channel: channel.name, lane: 'medium', offset });
  const memories = new Set<ArrayBufferLike>();
  for (let offset = lane.head; lane.find(offset) !== undefined; offset--)
    memories.add(lane.find(offset)!.slice(offset, Infinity, 0)!.bytes.buffer);
  return [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('a channel', () => {
  test('reads its heads again after they could not be read', async () => {
    const repository = new InMemoryNotificationRepository(10);
    const channel = new Channel('user:ada');
    jest.spyOn(repository, 'head').mockRejectedValueOnce(new Error('disk on fire'));
    await expect(channel.open(repository)).rejects.toThrow('disk on fire');
    await expect(channel.open(repository)).resolves.toBeUndefined();
  });

  test.each([
    [1, 64 * 1024],
    [10, 640 * 1024],
    [100, 4 * 1024 * 1024],
  ])('of %i subscriptions keeps the frames of a lane in %i bytes and a segment', (subscriptions, bytes) => {
    const kept = keptFor(subscriptions);
    expect(kept).toBeGreaterThanOrEqual(bytes);
    expect(kept).toBeLessThanOrEqual(bytes + Math.min(bytes / 4, 256 * 1024));
  });
});
