import type { Notification } from '@herald/protocol';
import { newId } from '../../src/repository/new-id.js';
import type { LogEntry, NotificationRepository } from '../../src/repository/notification-repository.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew } from './stored-data.js';
import { entriesIn } from './log-contents.js';

/** Guarantees of every adapter about notifications that are replaced or expire. */
export function describeLeaving(name: string, create: CreateData): void {
  describe(`${name}, a notification`, () => {
    let repository: NotificationRepository;
    let heard: LogEntry[];

    beforeEach(async () => {
      repository = (await openNew(create)).notifications;
      heard = [];
      repository.follow({ appended: ({ places }) => heard.push(...places) });
    });

    async function store(fields: Partial<Notification> = {}, channels = ['everyone']): Promise<Notification> {
      const data = { ...notificationOf('low'), audience: channels, ...fields };
      const { entry } = await repository.append(channels, { event: 'notification', data });
      return entry.data as Notification;
    }

    describe('with a key', () => {
      test('is gone once it is replaced, and its successor names it', async () => {
        const first = await store({ key: 'backup' });
        const second = await store({ key: 'backup' });
        expect(first.replaces).toBeUndefined();
        expect(second.replaces).toBe(first.id);
        expect((await store({ key: 'backup' })).replaces).toBe(second.id);
        expect(await repository.find(first.id)).toBeUndefined();
        expect(await repository.find(second.id)).toBeUndefined();
      });

      test('is replaced by a single entry, the next one of the lane', async () => {
        const first = await store({ key: 'backup' });
        const second = await store({ key: 'backup' });
        expect(heard.map(({ event, offset, data }) => [event, offset, data.id])).toEqual([
          ['notification', 1, first.id],
          ['notification', 2, second.id],
        ]);
        expect(heard[1]!.data).toMatchObject({ replaces: first.id });
        expect(await entriesIn(repository, 'everyone', 'low', 1, 10)).toEqual(heard);
      });

      test('is retracted in the channels that its successor is not in', async () => {
        const first = await store({ key: 'backup', priority: 'high' }, ['user:ada', 'topic:backups']);
        heard.length = 0;
        const { places } = await repository.append(['user:ada'], {
          event: 'notification',
          data: { ...notificationOf('low'), key: 'backup' },
        });
        expect(places).toMatchObject([{ channel: 'user:ada' }]);
        expect(heard.map(({ event, channel, lane }) => `${event} ${channel} ${lane}`)).toEqual([
          'notification user:ada low',
          'retract topic:backups high',
        ]);
        expect(heard[1]!.data).toMatchObject({ notificationId: first.id });
      });

      test.each<[string, Partial<Notification>, Partial<Notification>]>([
        ['the same key of another sender', { key: 'backup' }, { key: 'backup', sender: 'bob' }],
        ['another key', { key: 'backup' }, { key: 'backups' }],
        ['one without a key', { key: 'backup' }, {}],
        ['a sender and key that read the same together', { sender: 'ada', key: 'b c' }, { sender: 'ada b', key: 'c' }],
      ])('is not replaced by %s', async (_, first, second) => {
        const { id } = await store(first);
        expect((await store(second)).replaces).toBeUndefined();
        expect(await repository.find(id)).toBeDefined();
      });

      test('without a key is not replaced by one that is stored together with its retraction', async () => {
        const { id } = await store();
        const retraction = { event: 'retract' as const, data: { lane: 'low' as const, notificationId: id } };
        const entry = { event: 'notification' as const, data: notificationOf('low') };
        const channels = ['everyone'];
        const [, stored] = await repository.appendAll([
          { channels, entry: retraction },
          { channels, entry },
        ]);
        expect(stored!.entry.data).not.toHaveProperty('replaces');
      });

      test('is not replaced after its retraction', async () => {
        await repository.retract((await store({ key: 'backup' })).id);
        expect((await store({ key: 'backup' })).replaces).toBeUndefined();
      });

      test('is replaced even within one append', async () => {
        const entry = { event: 'notification' as const, data: { ...notificationOf('low'), key: 'backup' } };
        const both = await repository.appendAll([0, 1].map(() => ({ channels: ['everyone'], entry })));
        const [first, second] = both.map((stored) => stored.entry.data);
        expect(second).toMatchObject({ replaces: first!.id });
        expect(await repository.find(first!.id)).toBeUndefined();
      });
    });

    describe('that is retracted', () => {
      test('is gone, and an entry in each of its channels says so', async () => {
        const { id } = await store({ priority: 'high' }, ['everyone', 'user:ada']);
        heard.length = 0;
        expect(await repository.retract(id)).toBe(true);
        expect(await repository.find(id)).toBeUndefined();
        expect(heard.map(({ event, channel, lane, offset }) => [event, channel, lane, offset])).toEqual([
          ['retract', 'everyone', 'high', 2],
          ['retract', 'user:ada', 'high', 2],
        ]);
        expect(heard[0]!.data).toMatchObject({ notificationId: id });
      });

      test('is retracted once, even for two retractions at once', async () => {
        const { id } = await store();
        heard.length = 0;
        const retracted = await Promise.all([repository.retract(id), repository.retract(id)]);
        expect(retracted.toSorted()).toEqual([false, true]);
        expect(await repository.retract(newId())).toBe(false);
        expect(heard).toHaveLength(1);
      });
    });

    describe('with an expiry', () => {
      const at = (minute: number): string => `2026-01-31T08:0${minute}:00.000Z`;

      test('is found once it has expired, and the next expiry is known', async () => {
        expect(await repository.nextExpiry('')).toBeUndefined();
        const late = await store({ expiresAt: at(5) });
        const soon = await store({ expiresAt: at(2) });
        await store();
        expect(await repository.nextExpiry('')).toBe(at(2));
        expect(await repository.nextExpiry(at(2))).toBe(at(5));
        expect(await repository.nextExpiry(at(5))).toBeUndefined();
        expect(await repository.expiredBy(at(1), 100)).toEqual([]);
        expect(await repository.expiredBy(at(2), 100)).toEqual([soon]);
        expect(await repository.expiredBy(at(9), 100)).toEqual([soon, late]);
        expect(await repository.expiredBy(at(9), 1)).toEqual([soon]);
      });

      test('is not found after it was retracted or replaced', async () => {
        const { id } = await store({ expiresAt: at(2) });
        await store({ expiresAt: at(3), key: 'backup' });
        await repository.retract(id);
        await store({ key: 'backup' });
        expect(await repository.expiredBy(at(9), 100)).toEqual([]);
        expect(await repository.nextExpiry('')).toBeUndefined();
      });
    });
  });
}
