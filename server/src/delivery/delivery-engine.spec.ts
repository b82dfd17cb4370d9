import { jest } from '@jest/globals';
import { entriesIn, headOf } from '#test/repository/log-contents.js';
import { ManualTurns } from '#test/model/manual-turns.js';
import { splitFrames } from '#test/model/split-frames.js';
import type { GapFrame, NotificationFrame, Positions, Priority, ServerFrame } from '@herald/protocol';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { newId } from '../repository/new-id.js';
import { AckWindow, WINDOW_BYTES } from './connection/window.js';
import { StoreUnavailable } from '../repository/store-errors.js';
import { DeliveryEngine, type Subscribed } from './delivery-engine.js';
import { AdaptiveWindow } from './connection/adaptive-window.js';

/** Bytes of medium and low for a client that has acknowledged nothing yet, beside one frame. */
const FIRST_BYTES = new AdaptiveWindow(0).allowedBytes;

interface Client extends Subscribed {
  /** Buffers that its sink was given, one list for each write. */
  writes: (readonly Buffer[])[];
  window: AckWindow;
}

describe('DeliveryEngine', () => {
  let repository: InMemoryNotificationRepository;
  let turns: ManualTurns;
  let engine: DeliveryEngine;

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(10_000);
    turns = new ManualTurns();
    engine = new DeliveryEngine(repository, turns);
    engine.onModuleInit();
  });

  async function publish(priority: Priority = 'low', count = 1, size = 100, channel = 'everyone'): Promise<void> {
    for (let n = 0; n < count; n++) {
      const facts = {
        priority,
        category: 'test',
        audience: [channel],
        sender: 'ada',
        createdAt: '2026-01-31T08:00:00.000Z',
      };
      const data = { id: newId(), title: 'Grüße', message: 'm'.repeat(size), ...facts };
      await repository.append([channel], { event: 'notification', data });
    }
  }

  async function connect(positions?: Positions, channels = ['everyone']): Promise<Client> {
    const writes: (readonly Buffer[])[] = [];
    const window = new AckWindow(0);
    const sink = { write: (frames: readonly Buffer[]) => writes.push([...frames]), fail: fail };
    const client = { ...(await engine.subscribe({ channels, positions, window, sink })), writes, window };
    return client;
  }

  /** A client after its live frame. */
  async function connectLive(channels?: string[]): Promise<Client> {
    const client = await connect(undefined, channels);
    await turns.passAll();
    client.writes.length = 0;
    return client;
  }

  function frames({ writes }: Client): ServerFrame[] {
    return splitFrames(Buffer.concat(writes.flat())).texts.map((text) => JSON.parse(text) as ServerFrame);
  }

  function notifications(client: Client): NotificationFrame['data'][] {
    return frames(client).flatMap((frame) => (frame.event === 'notification' ? [frame.data] : []));
  }

  function gaps(client: Client): GapFrame['data'][] {
    return frames(client).flatMap((frame) => (frame.event === 'gap' ? [frame.data] : []));
  }

  function acknowledgeAll(client: Client): void {
    for (const { channel, priority, offset } of notifications(client)) {
      engine.acknowledge(client.subscription, { [channel]: { [priority]: offset } });
    }
  }

  function at(offset: number, id: string | null, epoch = repository.epoch): Positions {
    return { epoch, channels: { everyone: { low: [offset, id] } } };
  }

  test('writes nothing before the turn is over, so that a greeting comes first', async () => {
    const client = await connect();
    expect(client.writes).toEqual([]);
    await turns.passAll();
    expect(frames(client)).toEqual([{ event: 'live' }]);
  });

  test('writes once to each connection for all entries of a turn', async () => {
    const clients = [await connectLive(), await connectLive()];
    await publish('low', 12);
    await turns.passAll();
    for (const client of clients) {
      expect(client.writes.length).toBe(1);
      expect(notifications(client).map(({ offset }) => offset)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    }
  });

  test('encodes an entry once: connections at the same cursor get the same Buffer', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => connectLive()));
    await publish('low', 3);
    await turns.passAll();
    const buffers = new Set(clients.map(({ writes }) => writes[0]?.[0]));
    expect(buffers.size).toBe(1);
  });

  test('puts high ahead of medium and low that waited longer', async () => {
    const client = await connectLive();
    await publish('low', 2);
    await publish('medium', 2);
    await publish('high', 2);
    await turns.passAll();
    expect(notifications(client).map(({ priority }) => priority)).toEqual([
      'high',
      'high',
      'medium',
      'medium',
      'low',
      'low',
    ]);
  });

  test('sends at most 5 KB of medium and low to a near client before its first acknowledgement, and lets high overtake the rest', async () => {
    const client = await connectLive();
    await publish('low', 500);
    await turns.passAll();
    expect(client.window.bytesInFlight).toBeGreaterThan(FIRST_BYTES - 1000);
    expect(client.window.bytesInFlight).toBeLessThanOrEqual(5 * 1024);
    const sentBefore = notifications(client).length;
    await publish('high');
    await turns.passAll();
    expect(
      notifications(client)
        .slice(sentBefore)
        .map(({ priority }) => priority),
    ).toEqual(['high']);
  });

  test('has at most 64 KB in flight to a client that acknowledges nothing', async () => {
    const client = await connectLive();
    for (const priority of ['low', 'medium', 'high'] as const) await publish(priority, 500);
    await turns.passAll();
    expect(Buffer.concat(client.writes.flat()).length).toBeLessThanOrEqual(WINDOW_BYTES);
  });

  test('sends a frame larger than the rest of the window while no acknowledgement is due', async () => {
    const client = await connectLive();
    await publish('low', 1, client.window.ackEvery.bytes - 300);
    await publish('low', 1, FIRST_BYTES - 1000);
    await turns.passAll();
    expect(notifications(client).map(({ offset }) => offset)).toEqual([1, 2]);
  });

  test('continues with each acknowledgement until everything is sent', async () => {
    const client = await connectLive();
    await publish('low', 500);
    for (let turn = 0; turn < 100 && notifications(client).length < 500; turn++) {
      await turns.passAll();
      acknowledgeAll(client);
    }
    expect(notifications(client).map(({ offset }) => offset)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(client.window.bytesInFlight).toBe(0);
  });

  test('sends a frame larger than the window of its lane', async () => {
    const client = await connectLive();
    await publish('low', 1, FIRST_BYTES + 1000);
    await turns.passAll();
    expect(notifications(client)).toHaveLength(1);
  });

  test('sends low before medium now and then, so that it does not starve', async () => {
    const client = await connectLive();
    await publish('low', 200);
    await publish('medium', 2000);
    for (let turn = 0; turn < 12; turn++) {
      await turns.passAll();
      acknowledgeAll(client);
    }
    expect(notifications(client).some(({ priority }) => priority === 'low')).toBe(true);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'sends low before medium now and then, also if acknowledgements come with every eighth flush, offset by %i',
    async (phase) => {
      const client = await connectLive();
      await publish('low', 200);
      await publish('medium', 2000);
      for (let turn = 0; turn < 20 * 8; turn++) {
        if (turn % 8 === phase) acknowledgeAll(client);
        await publish('medium');
        await turns.passAll();
      }
      expect(notifications(client).some(({ priority }) => priority === 'low')).toBe(true);
    },
  );

  test('serves high first when a fan-out takes longer than its slice', async () => {
    const everyone = await Promise.all(Array.from({ length: 10 }, () => connectLive()));
    const ada = await connectLive(['user:ada']);
    await publish('low');
    turns.pass();
    const servedBefore = everyone.filter(({ writes }) => writes.length > 0).length;
    await publish('high', 1, 100, 'user:ada');
    turns.pass();
    expect(servedBefore).toBeLessThan(10);
    expect(ada.writes).toHaveLength(1);
    expect(everyone.filter(({ writes }) => writes.length > 0).length).toBeLessThan(10);
    await turns.passAll();
    expect(everyone.every(({ writes }) => writes.length === 1)).toBe(true);
  });

  test('starts with another connection each time', async () => {
    const order: number[] = [];
    for (let n = 0; n < 3; n++) {
      const sink = { write: () => order.push(n), fail };
      await engine.subscribe({ channels: ['everyone'], window: new AckWindow(0), sink });
    }
    await turns.passAll();
    order.length = 0;
    for (let n = 0; n < 3; n++) {
      await publish();
      await turns.passAll();
    }
    expect([order[0], order[3], order[6]].sort()).toEqual([0, 1, 2]);
  });

  test('touches only the connections of the channel', async () => {
    const [ada, eve] = [await connectLive(['everyone', 'user:ada']), await connectLive(['everyone', 'user:eve'])];
    await publish('low', 1, 100, 'user:ada');
    await turns.passAll();
    expect([ada.writes.length, eve.writes.length]).toEqual([1, 0]);
  });

  test('resumes behind a position, and sends live once it has caught up', async () => {
    await publish('low', 5);
    const [, second] = await entriesIn(repository, 'everyone', 'low', 1, 2);
    const client = await connect(at(2, second?.data.id ?? null));
    await turns.passAll();
    expect(client.resumed).toBe(true);
    expect(frames(client).map((frame) => (frame.event === 'notification' ? frame.data.offset : frame.event))).toEqual([
      3,
      4,
      5,
      'live',
    ]);
  });

  test.each([
    ['from another epoch', () => at(2, 'any', 'another-epoch'), 'epoch'],
    ['from the future', () => at(99, 'any'), 'truncated'],
    ['with the id of another entry', () => at(2, 'wrong'), 'truncated'],
  ])('answers a position %s with a gap up to the head', async (_, positions, reason) => {
    await publish('low', 5);
    const head = await headOf(repository, 'everyone', 'low');
    const client = await connect(positions());
    await turns.passAll();
    expect(client.resumed).toBe(false);
    expect(gaps(client)).toEqual([{ channel: 'everyone', lane: 'low', from: 1, to: 5, id: head.id, reason }]);
    expect(notifications(client)).toEqual([]);
  });

  test('accepts a position behind entries that this process has not heard of yet', async () => {
    await publish('low', 5);
    const watching = await connectLive();
    engine.onModuleDestroy();
    await publish('low', 2);
    const { id } = await headOf(repository, 'everyone', 'low');
    const client = await connect(at(7, id));
    engine.onModuleInit();
    await publish('low');
    await turns.passAll();
    expect(client.resumed).toBe(true);
    expect(gaps(client)).toEqual([]);
    expect(notifications(client).map(({ offset }) => offset)).toEqual([8]);
    expect(notifications(watching).map(({ offset }) => offset)).toEqual([6, 7, 8]);
  });

  test("says nothing about a channel that is not the client's", async () => {
    await publish('low', 5, 100, 'user:eve');
    const positions: Positions = { epoch: await engine.epoch(), channels: { 'user:eve': { low: [0, null] } } };
    const client = await connect(positions);
    await turns.passAll();
    expect(Object.keys(client.heads)).toEqual(['everyone']);
    expect(frames(client)).toEqual([{ event: 'live' }]);
  });

  test('announces entries that retention has dropped, and continues behind them', async () => {
    repository = new InMemoryNotificationRepository(10);
    engine = new DeliveryEngine(repository, turns);
    engine.onModuleInit();
    await publish('low', 50);
    const [oldest] = await entriesIn(repository, 'everyone', 'low', 1, 1);
    const client = await connect(at(0, null));
    await turns.passAll();
    const first = oldest?.offset ?? 0;
    expect(gaps(client)).toEqual([
      { channel: 'everyone', lane: 'low', from: 1, to: first - 1, id: null, reason: 'trimmed' },
    ]);
    expect(notifications(client)[0]?.offset).toBe(first);
    expect(notifications(client).at(-1)?.offset).toBe(50);
  });

  test('fails the sink when missed entries cannot be read', async () => {
    await publish('low', 5);
    const failures: unknown[] = [];
    const [first] = await entriesIn(repository, 'everyone', 'low', 1, 1);
    const sink = { write: () => undefined, fail: (error: unknown) => failures.push(error) };
    const positions = at(1, first?.data.id ?? null);
    await engine.subscribe({ channels: ['everyone'], positions, window: new AckWindow(0), sink });
    repository.read = () => Promise.reject(new Error('disk on fire'));
    await turns.passAll();
    expect(failures).toEqual([new Error('disk on fire')]);
  });

  test('reads missed entries again while the store does not work, and sends them then', async () => {
    await publish('low', 5);
    const read = jest.spyOn(repository, 'read');
    for (let n = 0; n < 3; n++) read.mockRejectedValueOnce(new StoreUnavailable('The database is stopping'));
    const client = await connect(at(0, null));
    await turns.passAll();
    expect([read.mock.calls.length, notifications(client).length]).toEqual([4, 5]);
  });

  test('sends nothing to a connection that is closed', async () => {
    const client = await connectLive();
    await publish();
    engine.unsubscribe(client.subscription);
    await turns.passAll();
    expect(client.writes).toEqual([]);
  });

  test('sends nothing after its module is destroyed', async () => {
    const client = await connectLive();
    engine.onModuleDestroy();
    await publish();
    await turns.passAll();
    expect(client.writes).toEqual([]);
  });
});

function fail(error: unknown): never {
  throw error;
}
