import fc from 'fast-check';
import { jest } from '@jest/globals';
import type { NotificationDraft } from '../../../protocol/notification.js';
import { InvalidTokenError } from '../auth/auth-errors.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { InMemoryUserRepository } from '../repository/in-memory/in-memory-user-repository.js';
import type { LogEntry } from '../repository/notification-repository.js';
import { AudienceRefusedError, UnknownRecipientError } from './audience-errors.js';
import { NotificationsService } from './notifications.service.js';

const DRAFT: NotificationDraft = { title: 'Deploy finished', message: 'Version 42 is live.', priority: 'high', category: 'deploy' };
const NOW = '2026-01-31T08:00:00.000Z';

describe('NotificationsService', () => {
  let repository: InMemoryNotificationRepository;
  let service: NotificationsService;
  let users: InMemoryUserRepository;

  beforeEach(async () => {
    users = new InMemoryUserRepository();
    await users.add({ username: 'ada', passwordHash: '', roles: ['admin'], topics: [] });
    await users.add({ username: 'bob', passwordHash: '', roles: ['ops'], topics: ['builds'] });
    repository = new InMemoryNotificationRepository(10_000);
    service = new NotificationsService(repository, users);
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
      audience: ['everyone'],
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      sender: 'ada',
      createdAt: NOW,
    });
    expect(await service.list('ada', 1)).toEqual({ items: [stored], nextCursor: null });
  });

  test('takes nothing from the sender but the fields of a draft', async () => {
    const forged = { ...DRAFT, id: 'mine', sender: 'eve', createdAt: 'never', extra: true };
    const stored = await service.send(forged, 'ada');
    expect(stored).toMatchObject({ sender: 'ada' });
    expect(stored.id).not.toBe('mine');
    expect(stored).not.toHaveProperty('extra');
  });

  test('appends to the channel that reaches everyone', async () => {
    const heard: LogEntry[] = [];
    repository.onAppended((entry) => heard.push(entry));
    const data = await service.send(DRAFT, 'ada');
    expect(heard).toEqual([{ channel: 'everyone', lane: 'high', offset: 1, event: 'notification', data }]);
  });

  test('stores what goes to several channels once, with its audience, in one call', async () => {
    const append = jest.spyOn(repository, 'append');
    const audience = ['user:bob', 'role:ops', 'topic:builds'];
    const stored = await service.send({ ...DRAFT, audience }, 'ada');
    expect(stored.audience).toEqual(audience);
    expect(append.mock.calls).toEqual([[audience, { event: 'notification', data: stored }]]);
    expect((await service.list('bob', 10)).items).toEqual([stored]);
  });

  test('lists what is in the channels of the reader, and nothing else', async () => {
    const titled = (title: string, audience: string[]) => service.send({ ...DRAFT, title, audience }, 'ada');
    for (const channel of ['everyone', 'user:bob', 'role:ops', 'topic:builds', 'user:ada', 'role:admin', 'topic:other']) {
      await titled(channel, [channel]);
    }
    const titles = async (reader: string) => (await service.list(reader, 10)).items.map(({ title }) => title);
    expect(await titles('bob')).toEqual(['topic:builds', 'role:ops', 'user:bob', 'everyone']);
    expect(await titles('ada')).toEqual(['role:admin', 'user:ada', 'everyone']);
  });

  describe('who may send to whom', () => {
    const sendTo = (sender: string, ...audience: string[]) => service.send({ ...DRAFT, audience }, sender);
    const nothingStored = async () => expect(await repository.page({ channels: ['user:ada', 'everyone'], limit: 1 })).toEqual([]);

    test('an administrator to anyone', async () => {
      await expect(sendTo('ada', 'everyone', 'user:bob', 'role:nobody', 'topic:new')).resolves.toBeDefined();
    });

    test('anyone else to users, and to topics that they have subscribed to', async () => {
      await expect(sendTo('bob', 'user:ada', 'user:bob', 'topic:builds')).resolves.toBeDefined();
    });

    test.each([
      ['everyone', 'only an administrator may send to everyone'],
      ['role:ops', 'only an administrator may send to a role'],
      ['topic:other', 'subscribe to the topic other to send to it'],
    ])('but not to %s, also beside what is allowed', async (channel, reason) => {
      const refusal = await sendTo('bob', 'user:ada', channel).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(AudienceRefusedError);
      expect(refusal).toMatchObject({ reason });
      await nothingStored();
    });

    test('counts as it is now: a topic just left, a role just lost', async () => {
      await users.update('bob', (bob) => ({ ...bob, topics: [] }));
      await users.update('ada', (ada) => ({ ...ada, roles: [] }));
      await expect(sendTo('bob', 'topic:builds')).rejects.toThrow(AudienceRefusedError);
      await expect(sendTo('ada', 'everyone')).rejects.toThrow(AudienceRefusedError);
    });

    test('nobody to a user who does not exist', async () => {
      const refusal = await sendTo('ada', 'user:bob', 'user:eve').catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UnknownRecipientError);
      expect(refusal).toMatchObject({ reason: 'there is no user eve' });
      await nothingStored();
    });

    test('a removed account to nobody', async () => {
      await users.remove('bob');
      await expect(sendTo('bob', 'user:ada')).rejects.toThrow(InvalidTokenError);
      await expect(service.list('bob', 1)).rejects.toThrow(InvalidTokenError);
    });
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
    expect(await service.list('ada', 50)).toEqual({ items: [], nextCursor: null });
  });

  test('has no next page when the last one is exactly full', async () => {
    await send(4);
    const first = await service.list('ada', 2);
    const second = await service.list('ada', 2, first.nextCursor!);
    expect(first.nextCursor).toBe(first.items[1]!.id);
    expect(second.items).toHaveLength(2);
    expect(second.nextCursor).toBeNull();
  });

  test('pages through everything, newest first, without a hole or a duplicate, while more arrives', async () => {
    const counts = fc.record({ stored: fc.nat(60), limit: fc.integer({ min: 1, max: 20 }), arriving: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(counts, async ({ stored, limit, arriving }) => {
        service = new NotificationsService(new InMemoryNotificationRepository(10_000), users);
        const ids = await send(stored);
        const seen: string[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const { items, nextCursor } = await service.list('ada', limit, cursor);
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
