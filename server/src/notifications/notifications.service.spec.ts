import fc from 'fast-check';
import { jest } from '@jest/globals';
import type { NotificationDraft } from '../../../protocol/notification.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import type { LogEntry } from '../repository/notification-repository.js';
import { NotificationsService } from './notifications.service.js';

const DRAFT: NotificationDraft = { title: 'Deploy finished', message: 'Version 42 is live.', priority: 'high', category: 'deploy' };
const NOW = '2026-01-31T08:00:00.000Z';

describe('NotificationsService', () => {
  let repository: InMemoryNotificationRepository;
  let service: NotificationsService;

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(10_000);
    service = new NotificationsService(repository);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function send(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push((await service.send(DRAFT, 'ada')).id);
    return ids;
  }

  test('answers with what it stored: the draft, its sender, the time and a UUID of version 7', async () => {
    jest.useFakeTimers({ now: Date.parse(NOW), doNotFake: ['nextTick'] });
    const stored = await service.send(DRAFT, 'ada');
    expect(stored).toEqual({
      ...DRAFT,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      sender: 'ada',
      createdAt: NOW,
    });
    expect(await service.list(1)).toEqual({ items: [stored], nextCursor: null });
  });

  test('takes nothing from the sender but the four fields of a draft', async () => {
    const forged = { ...DRAFT, id: 'mine', sender: 'eve', createdAt: 'never', extra: true };
    const stored = await service.send(forged, 'ada');
    expect(stored).toMatchObject({ sender: 'ada' });
    expect(stored.id).not.toBe('mine');
    expect(stored).not.toHaveProperty('extra');
  });

  test('appends to the channel that reaches everyone', async () => {
    const heard: LogEntry[] = [];
    repository.onAppended((entry) => heard.push(entry));
    const notification = await service.send(DRAFT, 'ada');
    expect(heard).toEqual([{ channel: 'everyone', lane: 'high', offset: 1, notification }]);
  });

  test('is not done before the notification is stored, and fails with the store', async () => {
    jest.spyOn(repository, 'append').mockRejectedValue(new Error('disk full'));
    await expect(service.send(DRAFT, 'ada')).rejects.toThrow('disk full');
  });

  test('gives ids that ascend, also when the clock is set back', async () => {
    jest.useFakeTimers({ now: Date.parse(NOW), doNotFake: ['nextTick'] });
    const before = await send(3);
    jest.setSystemTime(Date.parse(NOW) - 3_600_000);
    const ids = [...before, ...(await send(3))];
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(6);
  });

  test('lists nothing while there is nothing', async () => {
    expect(await service.list(50)).toEqual({ items: [], nextCursor: null });
  });

  test('has no next page when the last one is exactly full', async () => {
    await send(4);
    const first = await service.list(2);
    const second = await service.list(2, first.nextCursor!);
    expect(first.nextCursor).toBe(first.items[1]!.id);
    expect(second.items).toHaveLength(2);
    expect(second.nextCursor).toBeNull();
  });

  test('pages through everything, newest first, without a hole or a duplicate, while more arrives', async () => {
    const counts = fc.record({ stored: fc.nat(60), limit: fc.integer({ min: 1, max: 20 }), arriving: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(counts, async ({ stored, limit, arriving }) => {
        service = new NotificationsService(new InMemoryNotificationRepository(10_000));
        const ids = await send(stored);
        const seen: string[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const { items, nextCursor } = await service.list(limit, cursor);
          expect(items.length).toBe(Math.min(limit, stored - seen.length));
          seen.push(...items.map(({ id }) => id));
          cursor = nextCursor;
          await send(arriving);
        }
        expect(seen).toEqual(ids.reverse());
      }),
      { seed: 42, numRuns: 100 },
    );
  });
});
