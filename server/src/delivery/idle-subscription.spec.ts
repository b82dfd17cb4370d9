import { heapBytes } from '#test/collect-garbage.js';
import { ManualTurns } from '#test/model/manual-turns.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckWindow } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';
import type { Subscription } from './connection/subscription.js';

const COUNT = 2000;
const CHANNELS = ['everyone', 'user:ada', 'role:admin'];
/** Measured: 1,270 bytes, most of it nine cursors; a quarter more where the lists of cursors have room to grow. */
const MAX_BYTES = 1400;

test('an idle subscription to three channels, with its window, keeps little memory', async () => {
  const turns = new ManualTurns();
  const engine = new DeliveryEngine(new InMemoryNotificationRepository(10), turns);
  const sink = { write: () => undefined, fail: () => undefined };
  const subscribe = async (): Promise<Subscription> =>
    (await engine.subscribe({ channels: CHANNELS, window: new AckWindow(0), sink })).subscription;
  const kept = [await subscribe()];
  await turns.passAll();
  const before = heapBytes();
  for (let n = 0; n < COUNT; n++) kept.push(await subscribe());
  await turns.passAll();
  expect((heapBytes() - before) / COUNT).toBeLessThan(MAX_BYTES);
  expect(kept).toHaveLength(COUNT + 1);
});
