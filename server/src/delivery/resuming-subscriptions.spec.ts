import { entriesIn } from '#test/repository/log-contents.js';
import { collectGarbage } from '#test/collect-garbage.js';
import { ManualTurns } from '#test/model/manual-turns.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { PRIORITIES } from '@herald/protocol';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckWindow } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';

const KB = 1024;
const COUNT = 100;
const CHANNELS = ['everyone', 'user:ada', 'topic:builds'];
const ENTRIES = 70;
const ENTRY_BYTES = 40 * KB;
/** Limit of the memory of one subscription that resumes and reads nothing (G3). */
const MAX_BYTES = 32 * KB;
/** Limit of the pages that all share, with those that are being read. */
const SHARED_BYTES = 9 * 1024 * KB;

function memoryBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Subscribes from these offsets, one for each lane, without ever acknowledging. @returns the memory that it takes */
async function growth(offsetOf: (subscription: number) => number): Promise<number> {
  const repository = new InMemoryNotificationRepository(10_000);
  const turns = new ManualTurns();
  const engine = new DeliveryEngine(repository, turns);
  engine.onModuleInit();
  // The URL, since texts are prepared for search.
  const url = 'm'.repeat(ENTRY_BYTES);
  for (const channel of CHANNELS)
    for (const priority of PRIORITIES)
      for (let n = 0; n < ENTRIES; n++)
        await repository.append([channel], { event: 'notification', data: { ...notificationOf(priority), url } });
  let written = 0;
  const sink = {
    write: (frames: readonly Buffer[]) => void (written += Buffer.concat(frames).length),
    fail: (error: unknown) => {
      throw error;
    },
  };
  const before = memoryBytes();
  const kept: unknown[] = [];
  for (let n = 0; n < COUNT; n++) {
    const channels: Record<string, Record<string, [number, string | null]>> = {};
    for (const channel of CHANNELS) {
      channels[channel] = {};
      for (const priority of PRIORITIES) {
        const [entry] = await entriesIn(repository, channel, priority, offsetOf(n), 1);
        channels[channel][priority] = offsetOf(n) === 0 ? [0, null] : [offsetOf(n), entry!.data.id];
      }
    }
    const positions = { epoch: await engine.epoch(), channels };
    kept.push(await engine.subscribe({ channels: CHANNELS, positions, window: new AckWindow(0), sink }));
  }
  await turns.passAll();
  expect(written).toBeGreaterThanOrEqual(COUNT * ENTRY_BYTES);
  const headAdvanced = memoryBytes() - before;
  expect(kept).toHaveLength(COUNT);
  return headAdvanced;
}

describe(`${COUNT} subscriptions that resume through entries of ${ENTRY_BYTES / KB} KB and read nothing`, () => {
  test('from the beginning, take at most 32 KB each', async () => {
    expect((await growth(() => 0)) / COUNT).toBeLessThan(MAX_BYTES);
  });

  test('from different offsets, take at most 32 KB each beside the shared pages', async () => {
    expect((await growth((n) => n % (ENTRIES - 1))) - SHARED_BYTES).toBeLessThan(COUNT * MAX_BYTES);
  });
});
