import { entriesIn } from '#test/repository/log-contents.js';
import { useWholeTurns } from '#test/whole-turns.js';
import type { NotificationDraft } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Refusal } from '../http/refusal/refusal.js';
import { InMemoryAppRepository } from '../repository/in-memory/in-memory-app-repository.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { InMemoryUserRepository } from '../repository/in-memory/in-memory-user-repository.js';
import type { Stored } from '../repository/notification-repository.js';
import { NotificationsService } from './notifications.service.js';

const DRAFT: NotificationDraft = {
  title: 'Deploy finished',
  message: 'Version 42 is live.',
  priority: 'high',
  category: 'deploy',
};
const NOW = '2026-01-31T08:00:00.000Z';

describe('NotificationsService', () => {
  useWholeTurns();
  let repository: InMemoryNotificationRepository;
  let service: NotificationsService;
  let users: InMemoryUserRepository;

  beforeEach(async () => {
    users = new InMemoryUserRepository();
    await users.add({ username: 'ada', passwordHash: '', roles: ['admin'], topics: [] });
    await users.add({ username: 'bob', passwordHash: '', roles: ['ops'], topics: ['builds'] });
    repository = new InMemoryNotificationRepository(10_000);
    service = new NotificationsService(repository, users, new InMemoryAppRepository(users));
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function send(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push((await service.send(DRAFT, { name: 'ada' })).id);
    return ids;
  }

  test('returns the stored notification: the draft, its sender, the time and a UUID of version 7', async () => {
    jest.useFakeTimers({ now: Date.parse(NOW), doNotFake: ['nextTick'] });
    const stored = await service.send(DRAFT, { name: 'ada' });
    expect(stored).toEqual({
      ...DRAFT,
      audience: ['everyone'],
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      sender: 'ada',
      createdAt: NOW,
    });
    expect(await repository.find(stored.id)).toEqual(stored);
  });

  test('ignores everything but the fields of a draft', async () => {
    const forged = { ...DRAFT, id: 'mine', sender: 'eve', createdAt: 'never', extra: true };
    const stored = await service.send(forged, { name: 'ada' });
    expect(stored).toMatchObject({ sender: 'ada' });
    expect(stored.id).not.toBe('mine');
    expect(stored).not.toHaveProperty('extra');
  });

  test('appends to the channel everyone by default', async () => {
    const heard: Stored[] = [];
    repository.follow({ appended: (stored) => heard.push(stored) });
    const data = await service.send(DRAFT, { name: 'ada' });
    expect(heard.flatMap(({ places }) => places)).toEqual([
      { channel: 'everyone', lane: 'high', offset: 1, event: 'notification', data },
    ]);
  });

  test('stores a notification for several channels in one call, with its audience', async () => {
    const append = jest.spyOn(repository, 'append');
    const audience = ['user:bob', 'role:ops', 'topic:builds'];
    const stored = await service.send({ ...DRAFT, audience }, { name: 'ada' });
    expect(stored.audience).toEqual(audience);
    const { id, createdAt, ...data } = stored;
    expect([id, createdAt]).toEqual([expect.any(String), expect.any(String)]);
    expect(append.mock.calls).toEqual([[audience, { event: 'notification', data }]]);
  });

  describe('the rights of a sender', () => {
    const sendTo = (sender: string, ...audience: string[]) => service.send({ ...DRAFT, audience }, { name: sender });
    const nothingStored = async () => expect(await entriesIn(repository, 'user:ada', 'high', 1, 1)).toEqual([]);

    test('allow an administrator to send to anyone', async () => {
      await expect(sendTo('ada', 'everyone', 'user:bob', 'role:nobody', 'topic:new')).resolves.toBeDefined();
    });

    test('allow others to send to users and to their own topics', async () => {
      await expect(sendTo('bob', 'user:ada', 'user:bob', 'topic:builds')).resolves.toBeDefined();
    });

    test.each([
      ['everyone', 'only an administrator may send to everyone'],
      ['role:ops', 'only an administrator may send to a role'],
      ['topic:other', 'follow the topic other to send to it'],
    ])('do not allow others to send to %s, not even beside an allowed channel', async (channel, reason) => {
      const refusal = await sendTo('bob', 'user:ada', channel).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'audience_refused', details: [{ reason }] });
      await nothingStored();
    });

    test('end as soon as a topic is left or a role is lost', async () => {
      await users.update('bob', (bob) => ({ ...bob, topics: [] }));
      await users.update('ada', (ada) => ({ ...ada, roles: [] }));
      await expect(sendTo('bob', 'topic:builds')).rejects.toMatchObject({ code: 'audience_refused' });
      await expect(sendTo('ada', 'everyone')).rejects.toMatchObject({ code: 'audience_refused' });
    });

    test('exclude users who do not exist', async () => {
      const refusal = await sendTo('ada', 'user:bob', 'user:eve').catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'unknown_recipient' });
      expect(refusal).toMatchObject({ details: [{ reason: 'there is no user eve' }] });
      await nothingStored();
    });

    test('do not reveal which of several users is unknown, in one notification or in a batch', async () => {
      const refusalOf = (attempt: Promise<unknown>): Promise<unknown> =>
        attempt.catch((error: unknown) => (error as Refusal).answer);
      const some = await refusalOf(sendTo('bob', 'user:ada', 'user:nobody'));
      const none = await refusalOf(sendTo('bob', 'user:eve', 'user:nobody'));
      expect(some).toEqual(none);
      expect(some).toMatchObject({ details: [{ field: 'audience', reason: 'it names a user who does not exist' }] });
      const drafts = (name: string, last: string): NotificationDraft[] =>
        [`user:${name}`, last].map((channel) => ({ ...DRAFT, audience: [channel] }));
      for (const last of ['user:nobody', 'everyone']) {
        const known = await refusalOf(service.sendAll(drafts('ada', last), { name: 'bob' }));
        expect(known).toEqual(await refusalOf(service.sendAll(drafts('eve', last), { name: 'bob' })));
      }
    });

    test('end when the account is removed', async () => {
      users.remove('bob');
      await expect(sendTo('bob', 'user:ada')).rejects.toMatchObject({ code: 'invalid_token' });
      await expect(service.retract('any', 'bob')).rejects.toMatchObject({ code: 'invalid_token' });
    });
  });

  test('fails to send if the store fails', async () => {
    jest.spyOn(repository, 'append').mockRejectedValue(new Error('disk full'));
    await expect(service.send(DRAFT, { name: 'ada' })).rejects.toThrow('disk full');
  });

  describe('a batch', () => {
    const titled = (title: string, audience?: string[]): NotificationDraft => ({
      ...DRAFT,
      title,
      ...(audience && { audience }),
    });

    test('is stored by one append, in its order', async () => {
      const append = jest.spyOn(repository, 'appendAll');
      const stored = await service.sendAll(
        ['a', 'b', 'c'].map((title) => titled(title)),
        { name: 'ada' },
      );
      expect(append).toHaveBeenCalledTimes(1);
      expect(stored.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
      expect((await entriesIn(repository, 'everyone', 'high', 1, 10)).map(({ data }) => data)).toEqual(stored);
    });

    test('is not stored if one item is refused, and the refusal names that item', async () => {
      const drafts = [titled('a', ['user:ada']), titled('b', ['topic:builds']), titled('c', ['role:ops'])];
      const refused = { details: [{ field: '[2].audience', reason: 'only an administrator may send to a role' }] };
      await expect(service.sendAll(drafts, { name: 'bob' })).rejects.toMatchObject(refused);
      const unknown = { details: [{ field: '[1].audience', reason: 'there is no user eve' }] };
      await expect(service.sendAll([titled('a'), titled('b', ['user:eve'])], { name: 'ada' })).rejects.toMatchObject(
        unknown,
      );
      for (const channel of ['everyone', 'user:ada', 'topic:builds'])
        expect(await entriesIn(repository, channel, 'high', 1, 10)).toEqual([]);
    });
  });

  test('assigns ascending ids, even when the clock is set back', async () => {
    jest.useFakeTimers({ now: Date.parse(NOW), doNotFake: ['nextTick'] });
    const before = await send(3);
    jest.setSystemTime(Date.parse(NOW) - 3_600_000);
    const ids = [...before, ...(await send(3))];
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(6);
  });

  describe('a retraction', () => {
    const heard: Stored[] = [];
    let id: string;

    beforeEach(async () => {
      id = (await service.send({ ...DRAFT, audience: ['user:ada', 'topic:builds'] }, { name: 'bob' })).id;
      heard.length = 0;
      repository.follow({ appended: (stored) => heard.push(stored) });
    });

    test.each(['bob', 'ada'])('by the sender or an administrator (%s) appends an entry to each channel', async (by) => {
      await service.retract(id, by);
      const data = { id: expect.any(String), lane: 'high', notificationId: id };
      expect(heard.flatMap(({ places }) => places)).toEqual([
        { channel: 'user:ada', lane: 'high', offset: 2, event: 'retract', data },
        { channel: 'topic:builds', lane: 'high', offset: 2, event: 'retract', data },
      ]);
      expect(await repository.find(id)).toBeUndefined();
    });

    test('by a recipient is refused', async () => {
      await users.add({ username: 'eve', passwordHash: '', roles: [], topics: ['builds'] });
      await expect(service.retract(id, 'eve')).rejects.toMatchObject({ code: 'not_sender' });
      expect(heard).toEqual([]);
    });

    test('by anyone else is refused as if the notification did not exist', async () => {
      await users.add({ username: 'mallory', passwordHash: '', roles: [], topics: ['other'] });
      await expect(service.retract(id, 'mallory')).rejects.toMatchObject({ code: 'unknown_notification' });
      expect(heard).toEqual([]);
    });

    test('succeeds only once', async () => {
      await service.retract(id, 'bob');
      await expect(service.retract(id, 'bob')).rejects.toMatchObject({ code: 'unknown_notification' });
    });
  });
});
