import type { NotificationFrame } from '../../../protocol/frames.js';
import { ManualTurns } from '../../test/model/manual-turns.js';
import { splitFrames } from '../../test/model/split-frames.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { newId } from '../repository/new-id.js';
import { AckCredit, type Credit } from './credit.js';
import { DeliveryEngine } from './delivery-engine.js';
import { FanOutPace } from './fan-out-pace.js';
import type { Sink } from './subscription.js';

/** A client that acknowledges all the time what it has acknowledged before: it always waits, and never has room. */
const NO_CREDIT: Credit = {
  available: () => 0,
  largestFrame: 0,
  spend: () => undefined,
  hasInFlight: () => false,
  inFlight: [],
  acknowledge: () => [],
  settle: () => undefined,
};
const SINK: Sink = { write: () => undefined, fail };

describe('FanOutPace', () => {
  /** Begins at 100 ms. */
  const pace = (tookMs: number, entries: number): FanOutPace => {
    const begun = new FanOutPace(2);
    begun.begin(100, entries);
    begun.end(100 + tookMs);
    return begun;
  };

  test('lets the first begin at once', () => {
    expect(new FanOutPace(2).restMs(100)).toBe(0);
  });

  test('lets none begin before the present one has ended', () => {
    const begun = new FanOutPace(2);
    begun.begin(100, 1);
    expect(begun.restMs(199)).toBeUndefined();
  });

  test('waits no longer than 100 ms for an end that does not come', () => {
    const begun = new FanOutPace(2);
    begun.begin(100, 1);
    expect(begun.restMs(200)).toBe(0);
    begun.begin(200, 1);
    expect(begun.restMs(299)).toBeUndefined();
  });

  test('rests for a millisecond an entry', () => {
    expect(pace(6, 7).restMs(106)).toBe(7);
    expect(pace(6, 7).restMs(110)).toBe(3);
    expect(pace(6, 7).restMs(113)).toBe(0);
  });

  test('counts what joins a fan-out that is under way, and not what came with the one before', () => {
    const twice = pace(6, 20);
    twice.begin(200, 2);
    twice.begin(203, 3);
    twice.end(206);
    expect(twice.restMs(206)).toBe(5);
  });

  test('does not rest behind a short one', () => {
    expect(pace(2, 7).restMs(102)).toBe(0);
  });

  test('rests no longer than 50 ms', () => {
    expect(pace(50, 500).restMs(150)).toBe(50);
  });
});

describe('DeliveryEngine with many connections', () => {
  const repository = new InMemoryNotificationRepository(1000);
  const turns = new ManualTurns();
  const engine = new DeliveryEngine(repository, turns);
  /** What each connection was written, one Buffer a write. */
  const written: Buffer[][] = [];

  const publish = (priority: 'high' | 'low') => {
    const facts = { audience: ['everyone'], category: 'test', sender: 'ada', createdAt: '2026-01-31T08:00:00.000Z' };
    const data = { id: newId(), title: 'Hello', message: 'there', priority, ...facts };
    return repository.append(['everyone'], { event: 'notification', data });
  };
  const lanes = (writes: readonly Buffer[]): string[] =>
    splitFrames(Buffer.concat(writes)).texts.map((text) => (JSON.parse(text) as NotificationFrame).data.priority);

  beforeAll(async () => {
    engine.onModuleInit();
    for (let n = 0; n < 250; n++) {
      const writes: Buffer[] = [];
      written.push(writes);
      const write = (frames: readonly Buffer[]) => writes.push(Buffer.concat(frames));
      await engine.subscribe({ channels: ['everyone'], credit: new AckCredit(0), sink: { write, fail: fail } });
    }
    await turns.passAll();
  });

  beforeEach(() => {
    for (const writes of written) writes.length = 0;
    turns.lookMs = 1;
  });

  test('puts together what comes while a fan-out is under way', async () => {
    for (let n = 0; n < 5; n++) {
      await publish('low');
      turns.pass();
    }
    await turns.passAll();
    expect(written.every((writes) => writes.length <= 2)).toBe(true);
    expect(written.every((writes) => lanes(writes).length === 5)).toBe(true);
  });

  test('puts together what comes in the rest behind it', async () => {
    turns.lookMs = 0.1;
    await publish('low');
    while (written.some((writes) => writes.length === 0)) turns.pass();
    turns.lookMs = 0.01;
    for (let n = 0; n < 5; n++) {
      await publish('low');
      turns.pass();
    }
    expect(written.every((writes) => writes.length === 1)).toBe(true);
    turns.lookMs = 1;
    await turns.passAll();
    expect(written.every((writes) => writes.length === 2 && lanes(writes).length === 6)).toBe(true);
  });

  test('lets high begin while a fan-out is under way', async () => {
    await publish('low');
    turns.pass();
    const servedBefore = written.filter((writes) => writes.length > 0);
    await publish('high');
    turns.pass();
    expect(servedBefore.length).toBeLessThan(250);
    expect(written.some((writes) => lanes(writes).includes('high'))).toBe(true);
    await turns.passAll();
    expect(written.every((writes) => lanes(writes).length === 2)).toBe(true);
  });

  test('lets low through while high comes again and again', async () => {
    await publish('low');
    for (let n = 0; n < 150; n++) {
      await publish('high');
      turns.pass();
    }
    expect(written.filter((writes) => lanes(writes).includes('low')).length).toBeGreaterThan(0);
    await turns.passAll();
    expect(written.every((writes) => lanes(writes).filter((lane) => lane === 'low').length === 1)).toBe(true);
  });

  test('holds low back for no longer than a moment while acknowledgements keep it busy', async () => {
    const busy = await Promise.all(
      Array.from({ length: 5 }, () => engine.subscribe({ channels: ['everyone'], credit: NO_CREDIT, sink: SINK })),
    );
    for (let n = 0; n < 2; n++) {
      await publish('low');
      for (let turn = 0; turn < 500; turn++) {
        for (const { subscription } of busy) engine.resume(subscription);
        turns.pass();
      }
    }
    expect(written.every((writes) => lanes(writes).length === 2)).toBe(true);
    for (const { subscription } of busy) engine.unsubscribe(subscription);
    await turns.passAll();
  });
});

function fail(error: unknown): never {
  throw error;
}
