import type { Priority } from '../../../protocol/notification.js';
import { heapBytes } from '../../test/collect-garbage.js';
import { ManualTurns } from '../../test/model/manual-turns.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { newId } from '../repository/new-id.js';
import { AckCredit } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';

const COUNT = 2000;
const ENTRIES = 400;
/** Rounds of as many entries, of which the one counts that brought the least: other garbage comes and goes. */
const ROUNDS = 3;
/** Half of one number for each entry that waits. The history's own, shared by all, measured: 185 bytes. */
const MAX_GROWTH_BYTES = ENTRIES * 4;

let asked = 0;

/** Counts how often anybody asks what may be sent. */
class AskedCredit extends AckCredit {
  override available(lane: Priority): number {
    asked += 1;
    return super.available(lane);
  }
}

test('a stalled subscription keeps no more memory the longer it is stalled, is written nothing more, and not asked again', async () => {
  const turns = new ManualTurns();
  const repository = new InMemoryNotificationRepository(100);
  const engine = new DeliveryEngine(repository, turns);
  engine.onModuleInit();
  let written = 0;
  const sink = { write: (frames: readonly Buffer[]) => void (written += frames.length), fail: () => undefined };
  const credits = Array.from({ length: COUNT }, () => new AskedCredit(0));
  for (const credit of credits) await engine.subscribe({ channels: ['everyone'], credit, sink });
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
  const grown: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = heapBytes();
    await publish();
    grown.push((heapBytes() - before) / COUNT);
  }
  expect(Math.min(...grown)).toBeLessThan(MAX_GROWTH_BYTES);
  expect([written, asked]).toEqual([writtenBefore, askedBefore]);
  expect(Math.max(...credits.map(({ bytesInFlight }) => bytesInFlight))).toBeLessThanOrEqual(5 * 1024);
});
