import { entryOf } from '../../test/repository/notification-repository.contract.js';
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
  for (let from = lane.log!.firstOffset; from <= lane.head;) {
    const slice = lane.log!.slice(from, Infinity, 0)!;
    memories.add(slice.bytes.buffer);
    from = slice.to + 1;
  }
  return [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('a channel', () => {
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
