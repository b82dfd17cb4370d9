import type { Notification } from '../../../protocol/notification.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { DeliveryEngine } from './delivery-engine.js';

const NOTIFICATION: Notification = {
  id: '01932c07-6c4e-7000-8000-000000000001',
  title: 'Grüße 🎉',
  message: 'Version 42 is live.',
  priority: 'high',
  category: 'deploy',
  sender: 'ada',
  createdAt: '2026-01-31T08:00:00.000Z',
};

describe('DeliveryEngine', () => {
  let repository: InMemoryNotificationRepository;
  let engine: DeliveryEngine;

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(100);
    engine = new DeliveryEngine(repository);
    engine.onModuleInit();
  });

  /** Attaches a sink that keeps what it is given. */
  function listenTo(channel: string): { frames: Buffer[]; detach: () => void } {
    const frames: Buffer[] = [];
    const detach = engine.attach(channel, (frame) => frames.push(frame));
    return { frames, detach };
  }

  const offsets = (frames: Buffer[]): number[] =>
    frames.map((frame) => (JSON.parse(frame.toString()) as { data: { offset: number } }).data.offset);

  test('sends the stored notification with its channel and offset, as UTF-8 JSON', async () => {
    const { frames } = listenTo('everyone');
    await repository.append('everyone', NOTIFICATION);
    expect(frames.map((frame) => JSON.parse(frame.toString('utf8')) as unknown)).toEqual([
      { event: 'notification', data: { ...NOTIFICATION, channel: 'everyone', offset: 1 } },
    ]);
  });

  test('encodes an entry once: every sink gets the same bytes', async () => {
    const sinks = Array.from({ length: 3 }, () => listenTo('everyone'));
    await repository.append('everyone', NOTIFICATION);
    const [first] = sinks[0]!.frames;
    expect(first).toBeInstanceOf(Buffer);
    for (const { frames } of sinks) expect(frames[0]).toBe(first);
  });

  test('sends to the sinks of the entry\'s channel, and to no others', async () => {
    const ada = listenTo('user:ada');
    const eve = listenTo('user:eve');
    const everyone = listenTo('everyone');
    await repository.append('user:ada', NOTIFICATION);
    expect([ada, eve, everyone].map(({ frames }) => frames.length)).toEqual([1, 0, 0]);
  });

  test('sends in the order of the log', async () => {
    const { frames } = listenTo('everyone');
    for (let n = 0; n < 5; n++) await repository.append('everyone', NOTIFICATION);
    expect(offsets(frames)).toEqual([1, 2, 3, 4, 5]);
  });

  test('sends what is stored from the moment of attaching, and nothing from before', async () => {
    await repository.append('everyone', NOTIFICATION);
    const { frames } = listenTo('everyone');
    await repository.append('everyone', NOTIFICATION);
    expect(offsets(frames)).toEqual([2]);
  });

  test('sends nothing to a sink that has been detached, and goes on with the others', async () => {
    const left = listenTo('everyone');
    const stayed = listenTo('everyone');
    await repository.append('everyone', NOTIFICATION);
    left.detach();
    left.detach();
    await repository.append('everyone', NOTIFICATION);
    expect(offsets(left.frames)).toEqual([1]);
    expect(offsets(stayed.frames)).toEqual([1, 2]);
  });

  test('reaches everyone else when a sink detaches itself while it is served', async () => {
    const detach = engine.attach('everyone', () => detach());
    const { frames } = listenTo('everyone');
    await repository.append('everyone', NOTIFICATION);
    expect(frames).toHaveLength(1);
  });

  test('attaches the same sink to several channels, and detaches it from one at a time', async () => {
    const frames: Buffer[] = [];
    const sink = (frame: Buffer): void => void frames.push(frame);
    const leave = engine.attach('everyone', sink);
    engine.attach('user:ada', sink);
    leave();
    await repository.append('everyone', NOTIFICATION);
    await repository.append('user:ada', NOTIFICATION);
    expect(frames.map((frame) => (JSON.parse(frame.toString()) as { data: { channel: string } }).data.channel)).toEqual(['user:ada']);
  });

  test('hears nothing more once its module is destroyed', async () => {
    const { frames } = listenTo('everyone');
    engine.onModuleDestroy();
    await repository.append('everyone', NOTIFICATION);
    expect(frames).toEqual([]);
  });

  test('names the epoch of its repository', () => {
    expect(engine.epoch).toBe(repository.epoch);
  });
});
