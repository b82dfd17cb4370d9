import { entriesIn, headOf } from '#test/repository/log-contents.js';
import { ManualTurns } from '#test/model/manual-turns.js';
import { splitFrames } from '#test/model/split-frames.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import type { Priority, ServerFrame } from '@herald/protocol';
import { jest } from '@jest/globals';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckWindow } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';
import { EpochChanged } from './log/log-reader.js';
import { AdaptiveWindow } from './connection/adaptive-window.js';
import { FlushQueue } from './schedule/flush-queue.js';
import { Subscription } from './connection/subscription.js';

/** Bytes of medium and low for a client that has acknowledged nothing yet, beside one frame. */
const FIRST_BYTES = new AdaptiveWindow(0).allowedBytes;

const EMPTY = { high: [0, null], medium: [0, null], low: [0, null] };

class Client {
  readonly window = new AckWindow(0);
  readonly failures: unknown[] = [];
  subscription!: Subscription;
  readonly #frames: Buffer[] = [];

  readonly sink = {
    write: (frames: readonly Buffer[]) => void this.#frames.push(...frames),
    fail: (error: unknown) => void this.failures.push(error),
  };

  /** Frames written since the last call; of a notification `<channel> <offset>`. */
  take(): unknown[] {
    const frames = splitFrames(Buffer.concat(this.#frames.splice(0))).texts.map(
      (text) => JSON.parse(text) as ServerFrame,
    );
    return frames.map((frame) =>
      frame.event === 'notification' ? `${frame.data.channel} ${frame.data.offset}` : frame,
    );
  }
}

describe('a live subscription', () => {
  let repository: InMemoryNotificationRepository;
  let turns: ManualTurns;
  let engine: DeliveryEngine;

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(100);
    turns = new ManualTurns();
    engine = new DeliveryEngine(repository, turns);
    engine.onModuleInit();
  });

  async function connect(...channels: string[]): Promise<Client> {
    const client = new Client();
    const { subscription } = await engine.subscribe({ channels, window: client.window, sink: client.sink });
    client.subscription = subscription;
    await turns.passAll();
    client.take();
    return client;
  }

  async function publish(channel: string, priority: Priority = 'low', count = 1, size = 10): Promise<void> {
    for (let n = 0; n < count; n++) {
      await repository.append([channel], {
        event: 'notification',
        data: { ...notificationOf(priority), message: 'm'.repeat(size) },
      });
    }
  }

  /** Stores entries as another process would whose hints get lost. */
  async function unheard(store: () => Promise<void>): Promise<void> {
    engine.onModuleDestroy();
    await store();
    engine.onModuleInit();
  }

  async function follow({ subscription }: Client, ...channels: string[]): Promise<void> {
    await engine.follow(subscription, channels);
    await turns.passAll();
  }

  test('joins a channel at its head, gets a channels frame, and then receives new entries', async () => {
    await publish('topic:builds', 'low', 3);
    const { id } = await headOf(repository, 'topic:builds', 'low');
    const client = await connect('everyone');
    await follow(client, 'everyone', 'topic:builds');
    expect(client.take()).toEqual([
      { event: 'channels', data: { joined: { 'topic:builds': { ...EMPTY, low: [3, id] } }, left: [] } },
    ]);
    await publish('topic:builds');
    await turns.passAll();
    expect(client.take()).toEqual(['topic:builds 4']);
  });

  test('leaves a channel together with its unsent entries, while others stay', async () => {
    const [leaving, staying] = [await connect('everyone', 'topic:builds'), await connect('topic:builds')];
    await publish('topic:builds', 'low', 1);
    await follow(leaving, 'everyone');
    await publish('topic:builds', 'high', 1);
    await turns.passAll();
    expect(leaving.take()).toEqual([{ event: 'channels', data: { joined: {}, left: ['topic:builds'] } }]);
    expect(staying.take()).toEqual(['topic:builds 1', 'topic:builds 1']);
  });

  test('gets one frame for a change of several channels, ahead of their entries', async () => {
    const client = await connect('everyone', 'role:ops');
    const followed = engine.follow(client.subscription, ['everyone', 'role:dev', 'topic:builds']);
    await followed;
    await publish('topic:builds', 'high');
    await publish('everyone', 'high');
    await turns.passAll();
    const joined = { 'role:dev': EMPTY, 'topic:builds': EMPTY };
    const [first, ...rest] = client.take();
    expect(first).toEqual({ event: 'channels', data: { joined, left: ['role:ops'] } });
    expect(rest.toSorted()).toEqual(['everyone 1', 'topic:builds 1']);
  });

  test('gets no frame when nothing changes', async () => {
    const client = await connect('everyone', 'role:ops');
    await follow(client, 'role:ops', 'everyone');
    expect(client.take()).toEqual([]);
  });

  test('has room again once it acknowledges entries of a channel that it has left', async () => {
    const client = await connect('everyone', 'topic:builds');
    await publish('topic:builds', 'low', 4, FIRST_BYTES / 16);
    await publish('everyone', 'low', 3, FIRST_BYTES / 2.5);
    await turns.passAll();
    expect(client.take().length).toBe(6);
    await follow(client, 'everyone');
    client.take();
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 4 }, everyone: { low: 1 } });
    await turns.passAll();
    expect(client.window.bytesInFlight).toBeLessThan(FIRST_BYTES);
    engine.acknowledge(client.subscription, { everyone: { low: 3 } });
    expect(client.window.bytesInFlight).toBe(0);
  });

  test('reports acknowledged entries of a channel that it has left, and none that were not sent', async () => {
    const client = await connect('everyone', 'topic:builds');
    client.subscription.username = 'ada';
    const heard: unknown[] = [];
    engine.onAcknowledged((username, { channel, lane, from, to }) =>
      heard.push(`${username} ${channel} ${lane} ${from}-${to}`),
    );
    await publish('topic:builds', 'low', 3);
    await turns.passAll();
    await follow(client, 'everyone');
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 4 }, 'topic:other': { low: 1 } });
    expect(heard).toEqual([]);
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 2 } });
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 3 } });
    expect(heard).toEqual(['ada topic:builds low 1-2', 'ada topic:builds low 3-3']);
    expect(client.window.bytesInFlight).toBe(0);
  });

  test('reports no entries that were stored and not sent yet', async () => {
    const client = await connect('everyone');
    client.subscription.username = 'ada';
    const heard: unknown[] = [];
    engine.onAcknowledged((_, { from, to }) => heard.push([from, to]));
    await publish('everyone');
    engine.acknowledge(client.subscription, { everyone: { low: 1 } });
    expect(heard).toEqual([]);
    await turns.passAll();
    engine.acknowledge(client.subscription, { everyone: { low: 1 } });
    expect(heard).toEqual([[1, 1]]);
  });

  test('does not count as a receiver of skipped entries: an acknowledgement covers only sent ones', async () => {
    await publish('everyone', 'low', 3);
    const client = await connect('everyone');
    client.subscription.username = 'ada';
    const heard: unknown[] = [];
    engine.onAcknowledged((_, { from, to }) => heard.push([from, to]));
    await publish('everyone', 'low', 2);
    await turns.passAll();
    engine.acknowledge(client.subscription, { everyone: { low: 5 } });
    expect(heard).toEqual([[4, 5]]);
  });

  test('counts as a receiver of unacknowledged entries when it resumes behind them', async () => {
    const heard: unknown[] = [];
    engine.onAcknowledged((username, { from, to }) => heard.push([username, from, to]));
    const cut = await connect('everyone');
    cut.subscription.username = 'ada';
    await publish('everyone', 'low', 5);
    await turns.passAll();
    engine.acknowledge(cut.subscription, { everyone: { low: 2 } });
    engine.unsubscribe(cut.subscription);
    const [fourth] = await entriesIn(repository, 'everyone', 'low', 4, 1);
    const positions = {
      epoch: await engine.epoch(),
      channels: { everyone: { low: [4, fourth!.data.id] as [number, string] } },
    };
    for (const username of ['eve', 'ada', 'ada'])
      await engine.subscribe({
        channels: ['everyone'],
        positions,
        window: new AckWindow(0),
        sink: new Client().sink,
        username,
      });
    expect(heard).toEqual([
      ['ada', 1, 2],
      ['ada', 3, 4],
    ]);
  });

  test('gets no gap of a channel that it left while its entries were read', async () => {
    await publish('topic:builds', 'low', 1);
    const [first] = await entriesIn(repository, 'topic:builds', 'low', 1, 1);
    const positions = {
      epoch: await engine.epoch(),
      channels: { 'topic:builds': { low: [1, first!.data.id] as [number, string] } },
    };
    await publish('topic:builds', 'low', 300);
    let answer: () => void = () => undefined;
    const read = repository.read.bind(repository);
    const client = new Client();
    const options = { channels: ['topic:builds'], positions, window: client.window, sink: client.sink };
    client.subscription = (await engine.subscribe(options)).subscription;
    jest.spyOn(repository, 'read').mockImplementation(async (...query) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return read(...query);
    });
    await turns.passAll();
    await follow(client, 'everyone');
    answer();
    await turns.passAll();
    expect(client.take()).toEqual([
      { event: 'channels', data: { joined: { everyone: EMPTY }, left: ['topic:builds'] } },
      { event: 'live' },
    ]);
  });

  test('fails when the head of a channel cannot be read, and receives nothing more', async () => {
    const client = await connect('everyone');
    repository.heads = () => Promise.reject(new Error('disk on fire'));
    await follow(client, 'everyone', 'topic:builds');
    expect(client.failures).toEqual([new Error('disk on fire')]);
    await publish('everyone');
    await turns.passAll();
    expect(client.take()).toEqual([]);
  });

  test('joins a channel at the head in the store, even if other subscribers have not heard of it yet', async () => {
    await connect('topic:builds');
    const client = await connect('everyone');
    await unheard(() => publish('topic:builds', 'low', 3));
    await follow(client, 'everyone', 'topic:builds');
    const { id } = await headOf(repository, 'topic:builds', 'low');
    const joined = { 'topic:builds': { ...EMPTY, low: [3, id] } };
    expect(client.take()).toEqual([{ event: 'channels', data: { joined, left: [] } }]);
  });

  test('is sent what was never announced once the heads are checked', async () => {
    const client = await connect('everyone');
    await unheard(() => publish('everyone', 'high', 2));
    await turns.passAll();
    expect(client.take()).toEqual([]);
    await engine.checkHeads(engine.openChannels);
    await turns.passAll();
    expect(client.take()).toEqual(['everyone 1', 'everyone 2']);
    await publish('everyone', 'high');
    await turns.passAll();
    expect(client.take()).toEqual(['everyone 3']);
  });

  test('fails once the log has begun anew, and a new one is placed in the new log', async () => {
    const client = await connect('everyone');
    await publish('everyone');
    const log = new InMemoryNotificationRepository(100);
    jest.spyOn(repository, 'heads').mockImplementation((channels) => log.heads(channels));
    await expect(engine.checkHeads(['everyone'])).rejects.toThrow(EpochChanged);
    expect(client.failures).toEqual([new EpochChanged()]);
    const positions = { epoch: repository.epoch, channels: { everyone: { low: [1, 'any'] as [number, string] } } };
    const { epoch, resumed } = await engine.subscribe({
      channels: ['everyone'],
      positions,
      window: client.window,
      sink: client.sink,
    });
    expect([epoch, resumed]).toEqual([log.epoch, false]);
  });

  test('joins nothing after it is closed', async () => {
    const client = await connect('everyone');
    const followed = engine.follow(client.subscription, ['everyone', 'topic:builds']);
    engine.unsubscribe(client.subscription);
    await followed;
    await publish('topic:builds');
    await turns.passAll();
    expect(client.take()).toEqual([]);
  });

  test('is not touched when another one of 5,000 users is sent something', async () => {
    const clients: Client[] = [];
    for (let n = 0; n < 5000; n++) clients.push(await connect('everyone', `user:u${n}`, 'role:ops'));
    const add = jest.spyOn(FlushQueue.prototype, 'add');
    const take = jest.spyOn(Subscription.prototype, 'take');
    try {
      await publish('user:u42', 'high');
      await turns.passAll();
      const { subscription } = clients[42]!;
      expect(add.mock.calls).toEqual([[subscription, 'high']]);
      expect(take.mock.contexts).toEqual([subscription]);
      expect(clients.flatMap((client, n) => client.take().map((frame) => [n, frame]))).toEqual([[42, 'user:u42 1']]);
    } finally {
      add.mockRestore();
      take.mockRestore();
    }
  });
});
