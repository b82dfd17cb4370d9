import { heapBytes } from '#test/collect-garbage.js';
import { ManualTurns } from '#test/model/manual-turns.js';
import type { Priority } from '@herald/protocol';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { newId } from '../repository/new-id.js';
import { AckWindow } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';

const COUNT = 2000;
const ENTRIES = 400;
/** Rounds of as many entries. The one with the least growth counts, because unrelated garbage varies. */
const ROUNDS = 3;
/**
 * Half a number for each waiting entry. The growth of the history itself was measured as 185 bytes for each
 * subscription.
 */
const MAX_GROWTH_BYTES = ENTRIES * 4;

let asked = 0;

/** Counts how often the room is read. */
class AskedWindow extends AckWindow {
  override room(lane: Priority): number {
    asked += 1;
    return super.room(lane);
  }
}

test('a stalled subscription takes no more memory over time, gets no more writes, and is not queued again', async () => {
  const turns = new ManualTurns();
  const repository = new InMemoryNotificationRepository(100);
  const engine = new DeliveryEngine(repository, turns);
  engine.onModuleInit();
  let written = 0;
  const sink = { write: (frames: readonly Buffer[]) => void (written += frames.length), fail: () => undefined };
  const windows = Array.from({ length: COUNT }, () => new AskedWindow(0));
  for (const window of windows) await engine.subscribe({ channels: ['everyone'], window, sink });
  const publish = async (): Promise<void> => {
    const facts = { audience: ['everyone'], category: 'test', sender: 'ada', createdAt: '2026-01-31T08:00:00.000Z' };
    for (let n = 0; n < ENTRIES; n++) {
      const data = { id: newId(), title: 'Hello', message: 'm'.repeat(200), priority: 'low' as const, ...facts };
      await repository.append(['everyone'], { event: 'notification', data });
      await turns.passAll();
    }
  };
  await publish();
  const [writtenBefore, askedBefore] = [written, asked];
  const headAdvanced: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = heapBytes();
    await publish();
    headAdvanced.push((heapBytes() - before) / COUNT);
  }
  expect(Math.min(...headAdvanced)).toBeLessThan(MAX_GROWTH_BYTES);
  expect([written, asked]).toEqual([writtenBefore, askedBefore]);
  expect(Math.max(...windows.map(({ bytesInFlight }) => bytesInFlight))).toBeLessThanOrEqual(5 * 1024);
});
