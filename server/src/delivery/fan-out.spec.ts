import { ManualTurns } from '#test/model/manual-turns.js';
import { splitFrames } from '#test/model/split-frames.js';
import type { NotificationFrame } from '@herald/protocol';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { newId } from '../repository/new-id.js';
import { AckWindow, type Window } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';
import type { Sink, Subscription } from './connection/subscription.js';

/** Window of a client that always waits, and never has room. */
const NO_WINDOW: Window = {
  room: () => 0,
  largestFrame: () => 0,
  wrote: () => undefined,
  isInFlight: () => false,
  bytesInFlight: 0,
  inFlight: [],
  acknowledge: () => [],
  settle: () => undefined,
};
const SINK: Sink = { write: () => undefined, fail };

describe('a fan-out to many connections', () => {
  const repository = new InMemoryNotificationRepository(1000);
  const turns = new ManualTurns();
  const engine = new DeliveryEngine(repository, turns);
  /** The bytes written to each connection, one Buffer for each write. */
  const written: Buffer[][] = [];
  const subscriptions: Subscription[] = [];

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
      const window = new AckWindow(0);
      const { subscription } = await engine.subscribe({ channels: ['everyone'], window, sink: { write, fail: fail } });
      subscriptions.push(subscription);
    }
    await turns.passAll();
  });

  beforeEach(async () => {
    turns.lookMs = 1;
    // Nothing is left in flight from the test before.
    for (const subscription of subscriptions) {
      for (const { channel, lane, to } of subscription.window.inFlight)
        engine.acknowledge(subscription, { [channel]: { [lane]: to } });
    }
    await turns.passAll();
    for (const writes of written) writes.length = 0;
  });

  test('writes entries that arrive during a fan-out together', async () => {
    for (let n = 0; n < 5; n++) {
      await publish('low');
      turns.pass();
    }
    await turns.passAll();
    expect(written.every((writes) => writes.length <= 2)).toBe(true);
    expect(written.every((writes) => lanes(writes).length === 5)).toBe(true);
  });

  test('writes entries that arrive in the pause after a fan-out together', async () => {
    turns.lookMs = 0.001;
    await publish('low');
    turns.pass();
    expect(written.every((writes) => writes.length === 1)).toBe(true);
    for (let n = 0; n < 5; n++) {
      await publish('low');
      turns.pass();
    }
    expect(written.every((writes) => writes.length === 1)).toBe(true);
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

  test('sends low within 500 turns while acknowledgements keep the loop busy', async () => {
    const busy = await Promise.all(
      Array.from({ length: 5 }, () => engine.subscribe({ channels: ['everyone'], window: NO_WINDOW, sink: SINK })),
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
