import type { InboxFilter, Notification, StateEntry } from '@herald/protocol';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { InboxRepository, Reader } from '../../src/repository/inbox-repository.js';
import { newId } from '../../src/repository/new-id.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew, runsOf } from './stored-data.js';
import { entriesIn } from './log-contents.js';

export const ADA: Reader = { username: 'ada', channels: ['everyone', 'user:ada', 'role:ops'], muted: [] };
export const EVE: Reader = { username: 'eve', channels: ['everyone', 'user:eve'], muted: [] };

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeInboxRepository(name: string, create: CreateData): void {
  describe(`${name} as an InboxRepository`, () => {
    let log: NotificationRepository;
    let inbox: InboxRepository;

    beforeEach(async () => {
      ({ notifications: log, inboxes: inbox } = await openNew(create));
    });

    async function store(channels: string[], facts: Partial<Notification> = {}): Promise<string> {
      const data = { ...notificationOf(), audience: channels, ...facts };
      return (await log.append(channels, { event: 'notification', data })).entry.data.id;
    }

    async function idsOf(
      filter: Partial<InboxFilter> = {},
      reader = ADA,
      limit = 100,
      before?: string,
    ): Promise<string[]> {
      const { items } = await inbox.page(reader, { filter: { view: 'inbox', ...filter }, limit, before });
      return items.map(({ id }) => id);
    }

    async function countsOf(reader = ADA): Promise<object> {
      return (await inbox.page(reader, { filter: { view: 'all' }, limit: 1 })).counts;
    }

    async function statesOf({ username }: Reader): Promise<StateEntry['data'][]> {
      const entries = await entriesIn(log, `user:${username}`, 'medium', 1, 1000);
      return entries.flatMap(({ event, data }) => (event === 'state' ? [data] : []));
    }

    describe('a page', () => {
      test('is empty while nothing is stored', async () => {
        const counts = { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 };
        const page = { items: [], nextCursor: null, counts, muted: [], asOf: expect.any(String) };
        expect(await inbox.page(ADA, { filter: { view: 'inbox' }, limit: 10 })).toEqual(page);
      });

      test('is sorted by id, newest first, across channels', async () => {
        const ids: string[] = [];
        for (const n of [1, 0, 2, 1, 2, 0]) ids.push(await store([ADA.channels[n]!]));
        expect(await idsOf()).toEqual([...ids].reverse());
        expect(await idsOf({}, ADA, 2, ids[4])).toEqual([ids[3], ids[2]]);
      });

      test("has the notifications in the reader's channels, each once, and no others", async () => {
        const mine = await store(['everyone', 'user:ada', 'role:ops']);
        const hers = await store(['user:eve']);
        expect(await idsOf()).toEqual([mine]);
        expect(await idsOf({}, EVE)).toEqual([hers, mine]);
        expect(await inbox.find(ADA, hers)).toBeUndefined();
        expect(await inbox.find(ADA, mine)).toMatchObject({
          id: mine,
          read: false,
          archived: false,
          snoozedUntil: null,
        });
      });

      test('has a cursor for the next page, and null at the end, even if the last page is exactly full', async () => {
        const ids = [
          await store(['everyone']),
          await store(['everyone']),
          await store(['everyone']),
          await store(['everyone']),
        ];
        const first = await inbox.page(ADA, { filter: { view: 'inbox' }, limit: 2 });
        const second = await inbox.page(ADA, { filter: { view: 'inbox' }, limit: 2, before: first.nextCursor! });
        expect([first.nextCursor, second.items.map(({ id }) => id), second.nextCursor]).toEqual([
          ids[2],
          [ids[1], ids[0]],
          null,
        ]);
      });

      test('continues behind a cursor whose notification was retracted', async () => {
        const first = await store(['everyone']);
        const cursor = await store(['everyone']);
        await store(['everyone']);
        await log.retract(cursor);
        expect(await idsOf({}, ADA, 10, cursor)).toEqual([first]);
        expect(await idsOf({}, ADA, 10, first)).toEqual([]);
      });

      test('by page finds all, without gaps or duplicates, while more arrive', async () => {
        const numbers = fc.record({ stored: fc.nat(40), limit: fc.integer({ min: 1, max: 15 }), arriving: fc.nat(3) });
        await fc.assert(
          fc.asyncProperty(numbers, async ({ stored, limit, arriving }) => {
            ({ notifications: log, inboxes: inbox } = await openNew(create));
            const ids: string[] = [];
            for (let n = 0; n < stored; n++) ids.unshift(await store([ADA.channels[n % 3]!]));
            const seen: string[] = [];
            for (let cursor: string | null | undefined; cursor !== null;) {
              const page = await inbox.page(ADA, { filter: { view: 'inbox' }, limit, before: cursor });
              seen.push(...page.items.map(({ id }) => id));
              cursor = page.nextCursor;
              for (let n = 0; n < arriving; n++) await store(['everyone']);
            }
            expect(seen).toEqual(ids);
          }),
          { seed: 42, numRuns: runsOf(create, 50) },
        );
      });
    });

    describe('a filter', () => {
      test('finds those to be confirmed, however many are newer, and they are counted while in the inbox', async () => {
        const facts = { priority: 'high', requiresAck: true } as const;
        const [first, second] = [await store(['everyone'], facts), await store(['user:ada'], facts)];
        for (let n = 0; n < 60; n++) await store(['everyone']);
        expect(await idsOf({ unconfirmed: true }, ADA, 10)).toEqual([second, first]);
        expect(await countsOf()).toMatchObject({ unconfirmed: 2 });

        const { counts } = await inbox.change(ADA, { ids: [first] }, { acknowledged: true });
        expect([await idsOf({ unconfirmed: true }), counts.unconfirmed]).toEqual([[second], 1]);
        await inbox.change(ADA, { ids: [second] }, { archived: true });
        expect([await idsOf({ unconfirmed: true }), await countsOf()]).toMatchObject([[], { unconfirmed: 0 }]);
        expect(await idsOf({ view: 'archived', unconfirmed: true })).toEqual([second]);
        expect(await countsOf(EVE)).toMatchObject({ unconfirmed: 1 });
      });

      test('combines all of its conditions', async () => {
        const wanted = await store(['user:ada', 'topic:builds'], {
          category: 'disk',
          priority: 'high',
          message: '91 % of /var is in use',
          sender: 'cron',
        });
        await store(['user:ada', 'topic:builds'], {
          category: 'disk',
          priority: 'high',
          message: '91 % of /var is in use',
          sender: 'crontab',
        });
        await store(['user:ada'], { category: 'disk', priority: 'low', message: '91 % of /var is in use' });
        await store(['user:ada', 'topic:builds'], { category: 'disk', priority: 'high', message: 'nothing' });
        const filter: InboxFilter = {
          view: 'inbox',
          category: 'disk',
          priority: ['high', 'medium'],
          topic: 'builds',
          sender: 'cron',
          q: '/VAR use',
          unread: true,
        };
        expect(await idsOf(filter)).toEqual([wanted]);
      });

      test.each([
        ['finish', true],
        ['DEPLOY live', true],
        ['42 ada', true],
        ['warning', true],
        ['x', false],
        ['deploy undo', false],
        ['finishedversion', false],
        ['  ', true],
      ])('finds each word of %j in title, message, category, sender or tags: %j', async (q, isFound) => {
        await store(['everyone'], { tags: ['warning'] });
        expect(await idsOf({ q })).toHaveLength(isFound ? 1 : 0);
      });

      test('finds letters of any script, but not their lookalikes', async () => {
        const id = await store(['everyone'], { title: 'ПРИВЕТ 世界 Grüße' });
        expect(await idsOf({ q: 'привет 世 grüß' })).toEqual([id]);
        expect(await idsOf({ q: '世間' })).toEqual([]);
      });

      test.each([
        ['istanbul', 'İSTANBUL'],
        ['STRASSE', 'Straße'],
        ['συς', 'ΣΥΣΤΗΜΑ'],
        ['cafe', 'Café'],
      ])('finds by %j what a person means: %j', async (q, title) => {
        const id = await store(['everyone'], { title });
        expect(await idsOf({ q })).toEqual([id]);
      });

      test('finds letters that were sent in decomposed form', async () => {
        const id = await store(['everyone'], { title: 'Grüße aus Köln'.normalize('NFD') });
        expect(await idsOf({ q: 'GRÜ köln'.normalize('NFC') })).toEqual([id]);
      });

      test('includes `from`, and excludes `to`', async () => {
        const now = Date.now();
        const at = (n: number): number => now + n * 60_000;
        const ids: string[] = [];
        try {
          for (const n of [1, 2, 3]) {
            jest.useFakeTimers({ now: at(n), doNotFake: ['nextTick', 'setImmediate'] });
            ids.push(await store(['everyone']));
          }
        } finally {
          jest.useRealTimers();
        }
        expect(await idsOf({ from: new Date(at(2)).toISOString(), to: new Date(at(3)).toISOString() })).toEqual([
          ids[1],
        ]);
      });
    });

    describe('a change', () => {
      test('is kept, moves between the views, and is an entry of the user with the counts', async () => {
        const [first, second] = [await store(['everyone']), await store(['everyone'])];
        const changed = await inbox.change(ADA, { ids: [first, second] }, { read: true, archived: true });
        const counts = { unread: 0, inbox: 0, archived: 2, snoozed: 0, unconfirmed: 0 };
        expect(changed).toEqual({ ids: [first, second], counts, asOf: expect.any(String) });
        expect(await statesOf(ADA)).toEqual([
          { id: changed.asOf, lane: 'medium', ids: [first, second], read: true, archived: true, counts },
        ]);
        expect([await idsOf(), await idsOf({ view: 'archived' }), await idsOf({ view: 'all' })]).toEqual([
          [],
          [second, first],
          [second, first],
        ]);
      });

      test('applies to one person, and is invisible to others', async () => {
        const id = await store(['everyone']);
        await inbox.change(ADA, { ids: [id] }, { archived: true });
        expect(await idsOf({}, EVE)).toEqual([id]);
        expect(await countsOf(EVE)).toEqual({ unread: 1, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 });
        expect(await statesOf(EVE)).toEqual([]);
      });

      test('returns only the ids that it changed, and is no entry if it changed none', async () => {
        const [first, second] = [await store(['everyone']), await store(['everyone'])];
        const others = [await store(['user:eve']), newId()];
        await inbox.change(ADA, { ids: [first] }, { read: true });
        expect((await inbox.change(ADA, { ids: [first, second, second, ...others] }, { read: true })).ids).toEqual([
          second,
        ]);
        expect((await inbox.change(ADA, { ids: [first, second, ...others] }, { read: true })).ids).toEqual([]);
        expect(await statesOf(ADA)).toHaveLength(2);
      });

      test('by a filter applies to matches up to an id, and not to later ones', async () => {
        const first = await store(['everyone'], { category: 'disk' });
        await store(['everyone']);
        const last = await store(['everyone'], { category: 'disk' });
        await store(['everyone'], { category: 'disk' });
        const selection = { filter: { view: 'inbox' as const, category: 'disk' }, upTo: last };
        expect((await inbox.change(ADA, selection, { archived: true })).ids).toEqual([last, first]);
      });

      test('is split into entries of at most 500 notifications, each with its counts', async () => {
        for (let n = 0; n < 700; n++) await store(['everyone']);
        const { ids, counts } = await inbox.change(ADA, { filter: { view: 'inbox' } }, { read: true });
        expect([ids.length, counts]).toEqual([700, { unread: 0, inbox: 700, archived: 0, snoozed: 0, unconfirmed: 0 }]);
        expect((await statesOf(ADA)).map((state) => [state.ids.length, state.counts.unread])).toEqual([
          [500, 200],
          [200, 0],
        ]);
      });

      test('is undone by its reverse on the returned ids', async () => {
        const ids = [await store(['everyone']), await store(['everyone'])];
        await inbox.change(ADA, { ids: [ids[0]!] }, { archived: true });
        const { ids: changed } = await inbox.change(ADA, { ids }, { archived: true });
        await inbox.change(ADA, { ids: changed }, { archived: false });
        expect(await idsOf()).toEqual([ids[1]]);
      });

      test('survives a confirmation and an action on the same notification', async () => {
        const id = await store(['everyone']);
        await inbox.change(ADA, { ids: [id] }, { read: true });
        await inbox.change(ADA, { ids: [id] }, { acknowledged: true, acted: 'Restart' });
        expect(await inbox.find(ADA, id)).toMatchObject({ read: true, acknowledged: true, acted: 'Restart' });
        expect((await inbox.change(ADA, { ids: [id] }, { acknowledged: true })).ids).toEqual([]);
      });
    });

    describe('a muted category', () => {
      const muting: Reader = { ...ADA, muted: ['marketing'] };

      test('counts as read, except for notifications marked as unread', async () => {
        const ids = [
          await store(['everyone'], { category: 'marketing' }),
          await store(['everyone'], { category: 'marketing' }),
        ];
        expect(await countsOf(muting)).toEqual({ unread: 0, inbox: 2, archived: 0, snoozed: 0, unconfirmed: 0 });
        expect((await inbox.change(muting, { ids }, { read: true })).ids).toEqual([]);
        await inbox.change(muting, { ids: [ids[0]!] }, { read: false });
        expect(await countsOf(muting)).toEqual({ unread: 1, inbox: 2, archived: 0, snoozed: 0, unconfirmed: 0 });
        expect(await idsOf({ unread: true }, muting)).toEqual([ids[0]]);
      });

      test('counts as unread again after it is unmuted', async () => {
        await store(['everyone'], { category: 'marketing' });
        await countsOf(muting);
        expect(await countsOf(ADA)).toEqual({ unread: 1, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 });
      });
    });
  });
}
