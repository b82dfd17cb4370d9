import {
  DEFAULT_PREFERENCES,
  laneOf,
  type Notification,
  type NotificationEntry,
  PRIORITIES,
  type Priority,
} from '@herald/protocol';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/repository/new-id.js';
import type {
  LogEntry,
  NewEntry,
  NewNotification,
  NotificationRepository,
  Stored,
} from '../../src/repository/notification-repository.js';
import { type CreateData, openNew, runsOf, type StoredData } from './stored-data.js';
import { entriesIn, epochOf, headOf } from './log-contents.js';

const DRAFT: NewNotification = {
  title: 'Deploy finished',
  message: 'Version 42 is live.',
  priority: 'medium',
  category: 'deploy',
  audience: ['everyone'],
  sender: 'ada',
};

export function notificationOf(priority: Priority = 'medium', id = newId()): Notification {
  return { id, ...DRAFT, priority, createdAt: '2026-01-31T08:00:00.000Z' };
}

export function entryOf(priority?: Priority, id?: string): NotificationEntry {
  return { event: 'notification', data: notificationOf(priority, id) };
}

/** One entry of each kind except a notification. */
function otherEntries(notificationId = newId()): NewEntry[] {
  const counts = { unread: 0, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 };
  return [
    { event: 'state', data: { lane: 'medium', ids: [notificationId], read: true, counts } },
    { event: 'preferences', data: { lane: 'medium', preferences: DEFAULT_PREFERENCES } },
    { event: 'retract', data: { lane: 'high', notificationId } },
  ];
}

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeNotificationRepository(name: string, create: CreateData): void {
  describe(`${name} as a NotificationRepository`, () => {
    let repository: NotificationRepository;

    const createLog = async (historyLimit: number): Promise<NotificationRepository> =>
      (await openNew(create, historyLimit)).notifications;

    beforeEach(async () => {
      repository = await createLog(1000);
    });

    async function append(channel: string, priority?: Priority): Promise<LogEntry> {
      return (await repository.append([channel], entryOf(priority))).places[0]!;
    }

    async function idsOf(channel: string, lane: Priority = 'medium'): Promise<string[]> {
      return (await entriesIn(repository, channel, lane, 1, 1000)).map(({ data }) => data.id);
    }

    function hearAll(): { heard: LogEntry[]; unsubscribe: () => void } {
      const heard: LogEntry[] = [];
      const unsubscribe = repository.follow({ appended: (stored) => heard.push(...stored.places) });
      return { heard, unsubscribe };
    }

    describe('append', () => {
      test('returns the entry with an id, the instant and its place, and otherwise unchanged', async () => {
        const facts = { ...DRAFT, priority: 'high' as const };
        const before = new Date().toISOString();
        const { entry, places } = await repository.append(['everyone'], { event: 'notification', data: facts });
        expect(entry).toEqual({
          event: 'notification',
          data: { ...facts, id: expect.any(String), createdAt: expect.any(String) },
        });
        expect(places).toMatchObject([{ channel: 'everyone', lane: 'high', offset: 1 }]);
        const { createdAt } = entry.data as Notification;
        expect(before <= createdAt && createdAt <= new Date().toISOString()).toBe(true);
      });

      test('gives every entry a larger id than all before it, even when the clock is set back', async () => {
        const ids: string[] = [];
        const appendAll = async (): Promise<void> => {
          for (const entry of [entryOf('low'), ...otherEntries(), entryOf('high')])
            ids.push((await repository.append(['user:ada'], entry)).entry.data.id);
        };
        await appendAll();
        jest.useFakeTimers({ now: Date.now() - 3_600_000, doNotFake: ['nextTick', 'setImmediate'] });
        await appendAll().finally(() => jest.useRealTimers());
        expect(ids).toEqual([...new Set(ids)].sort());
      });

      test('ignores an id that an entry brings along', async () => {
        const entry = entryOf();
        const stored = await repository.append(['everyone'], entry);
        expect(stored.entry.data.id).not.toBe(entry.data.id);
        expect(await repository.find(entry.data.id)).toBeUndefined();
      });

      test('to several channels appends once to each, at an offset of its own', async () => {
        await append('user:ada', 'low');
        const { entry, places } = await repository.append(['everyone', 'user:ada'], entryOf('low'));
        expect(places).toMatchObject([
          { channel: 'everyone', lane: 'low', offset: 1 },
          { channel: 'user:ada', lane: 'low', offset: 2 },
        ]);
        expect(await headOf(repository, 'everyone', 'low')).toEqual({ offset: 1, id: entry.data.id });
        expect(await headOf(repository, 'user:ada', 'low')).toEqual({ offset: 2, id: entry.data.id });
        expect(await headOf(repository, 'user:ada', 'high')).toEqual({ offset: 0, id: null });
      });

      test('keeps the order of several entries, and notifies listeners only after all are stored', async () => {
        const drafts = [entryOf('low'), entryOf('high'), entryOf('low')];
        const { heard } = hearAll();
        const found: Promise<string[]>[] = [];
        repository.follow({ appended: () => found.push(idsOf('everyone', 'low')) });
        const stored = await repository.appendAll(drafts.map((entry) => ({ channels: ['everyone'], entry })));
        const appended = stored.flatMap(({ places }) => places);
        expect(appended.map(({ lane, offset }) => [lane, offset])).toEqual([
          ['low', 1],
          ['high', 1],
          ['low', 2],
        ]);
        expect(heard).toEqual(appended);
        const ids = [appended[0]!.data.id, appended[2]!.data.id];
        expect(await Promise.all(found)).toEqual([ids, ids, ids]);
      });

      test('has stored the entry once it resolves', async () => {
        const { data } = await append('everyone');
        expect(await repository.find(data.id)).toEqual(data);
      });

      test('accepts entries of every kind in the lanes that they name, each with its own id', async () => {
        const entries: Stored['entry'][] = [];
        for (const draft of [entryOf('medium'), ...otherEntries(), entryOf('high')])
          entries.push((await repository.append(['user:ada'], draft)).entry);
        for (const lane of PRIORITIES) {
          const mine = entries.filter(({ data }) => laneOf(data) === lane);
          const expected = mine.map((entry, i) => ({ channel: 'user:ada', lane, offset: i + 1, ...entry }));
          expect(await entriesIn(repository, 'user:ada', lane, 1, 10)).toEqual(expected);
          expect(await headOf(repository, 'user:ada', lane)).toEqual({
            offset: mine.length,
            id: mine.at(-1)?.data.id ?? null,
          });
        }
      });

      test('numbers each lane of each channel from 1, without gaps', async () => {
        const place = fc.tuple(
          fc.constantFrom('everyone', 'user:ada', 'user:ada high'),
          fc.constantFrom(...PRIORITIES),
        );
        await fc.assert(
          fc.asyncProperty(fc.array(place, { maxLength: 40 }), async (places) => {
            repository = await createLog(1000);
            const heads = new Map<string, number>();
            for (const [channel, priority] of places) {
              const lane = JSON.stringify([channel, priority]);
              const expected = (heads.get(lane) ?? 0) + 1;
              heads.set(lane, expected);
              expect((await append(channel, priority)).offset).toBe(expected);
            }
          }),
          { seed: 42, numRuns: runsOf(create, 50) },
        );
      });

      test('numbers parallel appends without gaps or duplicates', async () => {
        const entries = await Promise.all(Array.from({ length: 50 }, () => append('everyone', 'low')));
        const offsets = entries.map(({ offset }) => offset).sort((a, b) => a - b);
        expect(offsets).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      });
    });

    describe('a listener', () => {
      test('hears every entry of every channel once, as append returned it', async () => {
        const { heard } = hearAll();
        const appended = [
          await append('everyone', 'low'),
          await append('user:ada', 'high'),
          await append('everyone', 'low'),
        ];
        expect(heard).toEqual(appended);
      });

      test('hears a lane in the order of its offsets, even for parallel appends', async () => {
        const { heard } = hearAll();
        await Promise.all(Array.from({ length: 50 }, (_, n) => append('everyone', PRIORITIES[n % 3])));
        for (const priority of PRIORITIES) {
          const offsets = heard.filter(({ lane }) => lane === priority).map(({ offset }) => offset);
          expect(offsets).toEqual(Array.from({ length: offsets.length }, (_, n) => n + 1));
        }
        expect(heard).toHaveLength(50);
      });

      test('finds the entry stored when it hears of it', async () => {
        const found: Promise<string[]>[] = [];
        repository.follow({ appended: () => found.push(idsOf('everyone')) });
        const { data } = await append('everyone');
        expect(await Promise.all(found)).toEqual([[data.id]]);
      });

      test('hears once of a notification for several channels, and finds it stored in all', async () => {
        const heads: Promise<number>[] = [];
        const { heard } = hearAll();
        repository.follow({
          appended: () => heads.push(headOf(repository, 'topic:builds', 'high').then(({ offset }) => offset)),
        });
        const stored = await repository.append(['everyone', 'user:ada', 'topic:builds'], entryOf('high'));
        expect(heard).toEqual(stored.places);
        expect(await Promise.all(heads)).toEqual([1]);
      });

      test('hears nothing after it has unsubscribed, unlike the others', async () => {
        const left = hearAll();
        const stayed = hearAll();
        await append('everyone');
        left.unsubscribe();
        left.unsubscribe();
        await append('everyone');
        expect([left.heard.length, stayed.heard.length]).toEqual([1, 2]);
      });
    });

    test('finds a notification until it is retracted, and no other entry', async () => {
      const { data } = await append('user:ada', 'high');
      expect(await repository.find(data.id)).toEqual(data);
      for (const entry of otherEntries(data.id)) {
        expect(await repository.find(data.id)).toEqual(data);
        const { entry: stored } = await repository.append(['user:ada'], entry);
        expect(await repository.find(stored.data.id)).toBeUndefined();
      }
      expect(await repository.find(data.id)).toBeUndefined();
      expect(await repository.find(newId())).toBeUndefined();
    });

    describe('read', () => {
      const bytesOf = (entries: readonly LogEntry[]): number =>
        entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);

      async function appendTen(): Promise<LogEntry[]> {
        return Promise.all(Array.from({ length: 10 }, () => append('everyone')));
      }

      test('returns as many entries as fit into the bytes', async () => {
        const entries = await appendTen();
        const three = entries.slice(2, 5);
        expect(await entriesIn(repository, 'everyone', 'medium', 3, 10, bytesOf(three))).toEqual(three);
        expect(await entriesIn(repository, 'everyone', 'medium', 3, 10, bytesOf(three) - 1)).toEqual(three.slice(0, 2));
        expect(await entriesIn(repository, 'everyone', 'medium', 3, 2, bytesOf(three))).toEqual(three.slice(0, 2));
      });

      test('returns at least one entry, however large', async () => {
        const entries = await appendTen();
        expect(await entriesIn(repository, 'everyone', 'medium', 3, 10, 1)).toEqual(entries.slice(2, 3));
        expect(await entriesIn(repository, 'everyone', 'medium', 11, 10, 1)).toEqual([]);
      });
    });

    describe('sentBy', () => {
      test('returns those of the named senders together, newest first, by pages', async () => {
        const ids: string[] = [];
        for (const sender of ['ada', 'ci', 'bob', 'ada', 'ci', 'backup']) {
          const data = { ...notificationOf(), sender };
          ids.push((await repository.append(['everyone'], { event: 'notification', data })).entry.data.id);
        }
        const page = async (limit: number, before?: string): Promise<number[]> => {
          const found = await repository.sentBy(['ada', 'ci', 'idle'], limit, before);
          return found.map(({ id }) => ids.indexOf(id));
        };
        expect([await page(10), await page(2), await page(2, ids[3])]).toEqual([
          [4, 3, 1, 0],
          [4, 3],
          [1, 0],
        ]);
      });
    });

    describe('the history', () => {
      /** A store may drop entries a moment later; it has done so when it is closed. */
      async function reopen(data: StoredData): Promise<NotificationRepository> {
        await (await data.open()).close();
        return (await data.open()).notifications;
      }

      test('keeps at least the newest entries up to its limit, drops the oldest, and continues the offsets', async () => {
        const data = await create(10);
        repository = (await data.open()).notifications;
        const ids: string[] = [];
        for (let n = 0; n < 100; n++) ids.push((await append('everyone', 'low')).data.id);
        repository = await reopen(data);
        const kept = await idsOf('everyone', 'low');
        expect(kept.length).toBeGreaterThanOrEqual(10);
        expect(kept.length).toBeLessThan(20);
        expect(kept).toEqual(ids.slice(-kept.length));
        for (const id of ids) expect((await repository.find(id)) !== undefined).toBe(kept.includes(id));
        expect((await append('everyone', 'low')).offset).toBe(101);
      });

      test('keeps or drops a notification in all of its channels alike', async () => {
        const data = await create(10);
        repository = (await data.open()).notifications;
        for (let n = 0; n < 100; n++) await repository.append(['everyone', 'user:ada'], entryOf('low'));
        repository = await reopen(data);
        const idsIn = async (channel: string): Promise<string[]> =>
          (await entriesIn(repository, channel, 'low', 1, 1000)).map(({ data }) => data.id);
        let [everyone, ada, later]: string[][] = [[], [], []];
        // A store may drop entries between two readings.
        do {
          everyone = await idsIn('everyone');
          ada = await idsIn('user:ada');
          later = await idsIn('everyone');
        } while (later.length < everyone.length);
        expect(everyone.length).toBeGreaterThanOrEqual(10);
        expect(ada).toEqual(everyone);
      });
    });

    describe('entries other than notifications', () => {
      test('do not push notifications out of the history', async () => {
        repository = await createLog(10);
        const ids: string[] = [];
        for (let n = 0; n < 10; n++) ids.push((await append('everyone')).data.id);
        for (let n = 0; n < 100; n++) for (const entry of otherEntries()) await repository.append(['user:ada'], entry);
        expect(await idsOf('everyone')).toEqual(ids);
        for (const id of ids) expect(await repository.find(id)).toBeDefined();
      });

      test('are dropped oldest first, and their offsets continue', async () => {
        repository = await createLog(10);
        for (let n = 0; n < 100; n++) for (const entry of otherEntries()) await repository.append(['user:ada'], entry);
        const kept = await entriesIn(repository, 'user:ada', 'medium', 1, 1000);
        expect(kept.length).toBeGreaterThan(5);
        expect(kept.length).toBeLessThan(30);
        expect(kept.at(-1)?.offset).toBe(200);
      });
    });

    describe('the epoch', () => {
      test('stays the same while entries are appended', async () => {
        const epoch = await epochOf(repository);
        await append('everyone');
        expect(await epochOf(repository)).toBe(epoch);
        expect(epoch).not.toBe('');
      });

      test('differs from the epoch of a log with a new numbering', async () => {
        expect(await epochOf(await createLog(1000))).not.toBe(await epochOf(repository));
      });
    });
  });
}
