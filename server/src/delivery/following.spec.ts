import { jest } from '@jest/globals';
import type { Priority } from '../../../protocol/notification.js';
import type { ServerFrame } from '../../../protocol/frames.js';
import { ManualTurns } from '../../test/model/manual-turns.js';
import { splitFrames } from '../../test/model/split-frames.js';
import { notificationOf } from '../../test/repository/notification-repository.contract.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { AckCredit } from './connection/window.js';
import { DeliveryEngine } from './delivery-engine.js';
import { OrdinaryShare } from './connection/adaptive-window.js';
import { FlushQueue } from './schedule/flush-queue.js';
import { Subscription } from './connection/subscription.js';

/** Of medium and low, to a client that has acknowledged nothing yet; and one frame beyond. */
const FIRST_BYTES = new OrdinaryShare(0).allowedBytes;

const EMPTY = { high: [0, null], medium: [0, null], low: [0, null] };

class Client {
  readonly credit = new AckCredit(0);
  readonly failures: unknown[] = [];
  subscription!: Subscription;
  readonly #frames: Buffer[] = [];

  readonly sink = {
    write: (frames: readonly Buffer[]) => void this.#frames.push(...frames),
    fail: (error: unknown) => void this.failures.push(error),
  };

  /** What was written since the last call: the frame, or `<channel> <offset>` of a notification. */
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
    const { subscription } = await engine.subscribe({ channels, credit: client.credit, sink: client.sink });
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

  async function follow({ subscription }: Client, ...channels: string[]): Promise<void> {
    await engine.follow(subscription, channels);
    await turns.passAll();
  }

  test('joins a channel at its head, is told so, and receives what is stored from there on', async () => {
    await publish('topic:builds', 'low', 3);
    const { id } = await repository.head('topic:builds', 'low');
    const client = await connect('everyone');
    await follow(client, 'everyone', 'topic:builds');
    expect(client.take()).toEqual([
      { event: 'channels', data: { joined: { 'topic:builds': { ...EMPTY, low: [3, id] } }, left: [] } },
    ]);
    await publish('topic:builds');
    await turns.passAll();
    expect(client.take()).toEqual(['topic:builds 4']);
  });

  test('leaves a channel, also with what waits for it there, while another stays', async () => {
    const [leaving, staying] = [await connect('everyone', 'topic:builds'), await connect('topic:builds')];
    await publish('topic:builds', 'low', 1);
    await follow(leaving, 'everyone');
    await publish('topic:builds', 'high', 1);
    await turns.passAll();
    expect(leaving.take()).toEqual([{ event: 'channels', data: { joined: {}, left: ['topic:builds'] } }]);
    expect(staying.take()).toEqual(['topic:builds 1', 'topic:builds 1']);
  });

  test('is told of one change of several channels in one frame, ahead of what they bring', async () => {
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

  test('is told nothing when nothing changes', async () => {
    const client = await connect('everyone', 'role:ops');
    await follow(client, 'role:ops', 'everyone');
    expect(client.take()).toEqual([]);
  });

  test('gets its credit back for what it was sent of a channel that it has left', async () => {
    const client = await connect('everyone', 'topic:builds');
    await publish('topic:builds', 'low', 4, FIRST_BYTES / 16);
    await publish('everyone', 'low', 3, FIRST_BYTES / 2.5);
    await turns.passAll();
    expect(client.take().length).toBe(6);
    await follow(client, 'everyone');
    client.take();
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 4 }, everyone: { low: 1 } });
    await turns.passAll();
    expect(client.credit.bytesInFlight).toBeLessThan(FIRST_BYTES);
    engine.acknowledge(client.subscription, { everyone: { low: 3 } });
    expect(client.credit.bytesInFlight).toBe(0);
  });

  test('is known to have received what it acknowledges of a channel that it has left, and nothing that was not sent', async () => {
    const client = await connect('everyone', 'topic:builds');
    client.subscription.reader = 'ada';
    const heard: unknown[] = [];
    engine.onAcknowledged((reader, { channel, lane, from, to }) =>
      heard.push(`${reader} ${channel} ${lane} ${from}-${to}`),
    );
    await publish('topic:builds', 'low', 3);
    await turns.passAll();
    await follow(client, 'everyone');
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 4 }, 'topic:other': { low: 1 } });
    expect(heard).toEqual([]);
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 2 } });
    engine.acknowledge(client.subscription, { 'topic:builds': { low: 3 } });
    expect(heard).toEqual(['ada topic:builds low 1-2', 'ada topic:builds low 3-3']);
    expect(client.credit.bytesInFlight).toBe(0);
  });

  test('is not known to have received what was stored, and not sent yet', async () => {
    const client = await connect('everyone');
    client.subscription.reader = 'ada';
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
    client.subscription.reader = 'ada';
    const heard: unknown[] = [];
    engine.onAcknowledged((_, { from, to }) => heard.push([from, to]));
    await publish('everyone', 'low', 2);
    await turns.passAll();
    engine.acknowledge(client.subscription, { everyone: { low: 5 } });
    expect(heard).toEqual([[4, 5]]);
  });

  test('counts as a receiver of unacknowledged entries when it resumes behind them', async () => {
    const heard: unknown[] = [];
    engine.onAcknowledged((reader, { from, to }) => heard.push([reader, from, to]));
    const cut = await connect('everyone');
    cut.subscription.reader = 'ada';
    await publish('everyone', 'low', 5);
    await turns.passAll();
    engine.acknowledge(cut.subscription, { everyone: { low: 2 } });
    engine.unsubscribe(cut.subscription);
    const [fourth] = await repository.read('everyone', 'low', 4, 1);
    const positions = {
      epoch: engine.epoch,
      channels: { everyone: { low: [4, fourth!.data.id] as [number, string] } },
    };
    for (const reader of ['eve', 'ada', 'ada'])
      await engine.subscribe({
        channels: ['everyone'],
        positions,
        credit: new AckCredit(0),
        sink: new Client().sink,
        reader,
      });
    expect(heard).toEqual([
      ['ada', 1, 2],
      ['ada', 3, 4],
    ]);
  });

  test('is not told of gaps in a channel that it left while what it missed was read', async () => {
    await publish('topic:builds', 'low', 1);
    const [first] = await repository.read('topic:builds', 'low', 1, 1);
    const positions = {
      epoch: engine.epoch,
      channels: { 'topic:builds': { low: [1, first!.data.id] as [number, string] } },
    };
    await publish('topic:builds', 'low', 300);
    let answer: () => void = () => undefined;
    const read = repository.read.bind(repository);
    const client = new Client();
    const options = { channels: ['topic:builds'], positions, credit: client.credit, sink: client.sink };
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

  test('fails where the head of a channel can not be read, and receives nothing more', async () => {
    const client = await connect('everyone');
    repository.head = () => Promise.reject(new Error('disk on fire'));
    await follow(client, 'everyone', 'topic:builds');
    expect(client.failures).toEqual([new Error('disk on fire')]);
    await publish('everyone');
    await turns.passAll();
    expect(client.take()).toEqual([]);
  });

  test('joins nothing once it has gone', async () => {
    const client = await connect('everyone');
    const followed = engine.follow(client.subscription, ['everyone', 'topic:builds']);
    engine.unsubscribe(client.subscription);
    await followed;
    await publish('topic:builds');
    await turns.passAll();
    expect(client.take()).toEqual([]);
  });

  test('of another user is not touched when one user of 5,000 is sent something', async () => {
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
