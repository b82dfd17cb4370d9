import { v7 as uuidv7 } from 'uuid';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ManualTurns } from '../../test/model/manual-turns.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckCredit } from './credit.js';
import { DeliveryEngine } from './delivery-engine.js';

const COUNT = 2000;
const ENTRIES = 400;
/** One number for each entry that waits would be eight times as much. */
const MAX_GROWTH_BYTES = ENTRIES;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Subscribes so many, acknowledges nothing, and publishes twice. @returns what the second time has brought, once all were stalled */
async function stall(count: number): Promise<{ grown: number; written: number; inFlight: number }> {
  const turns = new ManualTurns();
  const repository = new InMemoryNotificationRepository(100);
  const engine = new DeliveryEngine(repository, turns);
  engine.onModuleInit();
  let written = 0;
  const sink = { write: (frames: readonly Buffer[]) => void (written += frames.length), fail: () => undefined };
  const credits = Array.from({ length: count }, () => new AckCredit(0));
  for (const credit of credits) await engine.subscribe({ channels: ['everyone'], credit, sink });
  const publish = async (): Promise<void> => {
    const facts = { audience: ['everyone'], category: 'test', sender: 'ada', createdAt: '2026-01-31T08:00:00.000Z' };
    for (let n = 0; n < ENTRIES; n++) {
      const data = { id: uuidv7(), title: 'Hello', message: 'm'.repeat(200), priority: 'low' as const, ...facts };
      await repository.append(['everyone'], { event: 'notification', data });
      await turns.passAll();
    }
  };
  await publish();
  const [heapBefore, writtenBefore] = [heapBytes(), written];
  await publish();
  const grown = heapBytes() - heapBefore;
  return { grown, written: written - writtenBefore, inFlight: Math.max(...credits.map(({ bytesInFlight }) => bytesInFlight)) };
}

test('a stalled subscription keeps no more memory the longer it is stalled, and is written nothing more', async () => {
  const one = await stall(1);
  const many = await stall(COUNT);
  expect((many.grown - one.grown) / COUNT).toBeLessThan(MAX_GROWTH_BYTES);
  expect(many.written).toBe(0);
  expect(many.inFlight).toBeLessThanOrEqual(9 * 1024);
});
