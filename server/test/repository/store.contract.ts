import { DEFAULT_PREFERENCES } from '@herald/protocol';
import { newId } from '../../src/repository/new-id.js';
import type { Store } from '../../src/repository/store.js';
import type { User } from '../../src/repository/user-repository.js';
import { ADA } from './inbox-repository.contract.js';
import { entryOf, notificationOf } from './notification-repository.contract.js';
import { type CreateData, type StoredData, UNLIMITED } from './stored-data.js';
import { entriesIn, epochOf, headOf } from './log-contents.js';

const ACCOUNT: User = { username: 'ada', passwordHash: '', roles: ['ops'], topics: [] };
const LATER = '2026-02-01T08:00:00.000Z';

/** Guarantees of every adapter about the store as a whole. An adapter's spec calls this with its name and a factory. */
export function describeStore(name: string, create: CreateData): void {
  describe(`${name} as a Store`, () => {
    let data: StoredData;
    let store: Store;

    beforeEach(async () => {
      data = await create(1000);
      store = await data.open();
    });

    /** Stores a notification that both accounts can read. @returns its id */
    async function send(): Promise<string> {
      return (await store.notifications.append(['everyone'], entryOf())).entry.data.id;
    }

    /** Adds an account, and one of everything that belongs to it. @param id of a notification that it can read */
    async function fill(username: string, id: string): Promise<void> {
      await store.users.add({ ...ACCOUNT, username });
      await store.inboxes.change({ ...ADA, username }, { ids: [id] }, { read: true, snoozedUntil: LATER });
      await store.preferences.update(username, () => DEFAULT_PREFERENCES);
      await store.scheduled.add({ ...notificationOf(), sender: username, deliverAt: LATER }, UNLIMITED);
      await store.receipts.fetched(username, [id]);
      await store.receipts.answer(username, id, { label: 'Open', event: 'open', at: LATER });
    }

    /** The amount of everything that belongs to accounts. */
    async function amounts(of: Store, id: string): Promise<Record<string, number>> {
      return {
        accounts: (await of.users.list(10)).length,
        marks: (await of.inboxes.marksOf(id)).length,
        snoozers: (await of.inboxes.sleepersBy(LATER, 10)).length,
        preferences: (await Promise.all(['ada', 'bob'].map((name) => of.preferences.find(name)))).filter(Boolean)
          .length,
        scheduled: (await of.scheduled.list({ limit: 10 })).length,
        receivers: (await of.receipts.receiversOf(id)).length,
        answers: (await of.receipts.answersOf(id)).size,
      };
    }

    const EVERYTHING = { accounts: 1, marks: 1, snoozers: 1, preferences: 1, scheduled: 1, receivers: 1, answers: 1 };

    test('is ready from open to close', async () => {
      expect(await store.isReady()).toBe(true);
      await store.close();
      expect(await store.isReady()).toBe(false);
    });

    test('has an id that no other store has, and another handle has the same', async () => {
      expect(store.id).not.toBe((await (await create(1000)).open()).id);
      expect((await data.open()).id).toBe(store.id);
    });

    test('has everything after it is closed and opened again', async () => {
      const id = await send();
      await fill('ada', id);
      const [epoch, head] = [
        await epochOf(store.notifications),
        await headOf(store.notifications, 'everyone', 'medium'),
      ];
      await store.close();
      const reopened = await data.open();
      expect(await amounts(reopened, id)).toEqual(EVERYTHING);
      expect(await epochOf(reopened.notifications)).toBe(epoch);
      expect(await headOf(reopened.notifications, 'everyone', 'medium')).toEqual(head);
      expect(await reopened.notifications.find(id)).toMatchObject({ id });
    });

    test('shows stored data to another handle, and reports entries and accounts to it', async () => {
      const other = await data.open();
      const account = new Promise((resolve) => other.users.onChanged(resolve));
      const heard: (string | null)[] = [];
      let hears = (): void => undefined;
      const hear = (id: string | null): void => {
        heard.push(id);
        hears();
      };
      other.notifications.follow({
        appended: ({ entry }) => hear(entry.data.id),
        headAdvanced: (_, __, head) => hear(head.id),
      });
      const sent = await send();
      while (!heard.includes(sent)) await new Promise<void>((resolve) => (hears = resolve));
      await fill('ada', sent);
      expect(await account).toBe('ada');
      // Reports of received entries may be stored a moment later.
      expect(await amounts(other, sent)).toEqual({ ...EVERYTHING, receivers: expect.any(Number) });
    });

    test('keeps every field of an account, also when it is opened again', async () => {
      const account: User = {
        ...ACCOUNT,
        topics: ['builds'],
        generation: 3,
        signedOut: { 'a session': 1_800_000_000_000, constructor: 1_800_000_000_001 },
        knownNetworks: ['192.0.2.0/24'],
      };
      await store.users.add(account);
      await store.close();
      expect(await (await data.open()).users.find('ada')).toEqual(account);
    });

    test('removes an account with its private data, and keeps that of others', async () => {
      const id = await send();
      await fill('ada', id);
      await fill('bob', id);
      expect(await store.removeAccount('ada')).toBe(true);
      expect(await amounts(store, id)).toEqual(EVERYTHING);
      expect(await store.users.find('ada')).toBeUndefined();
      expect(await store.preferences.find('ada')).toBeUndefined();
      expect(await store.scheduled.list({ senders: ['ada'], limit: 10 })).toEqual([]);
      expect(await store.inboxes.sleepersBy(LATER, 10)).toEqual(['bob']);
      expect(await store.receipts.receiversOf(id)).toEqual(['bob']);
      expect([...(await store.receipts.answersOf(id)).keys()]).toEqual(['bob']);
    });

    test('keeps the notifications of a removed account with their recipients', async () => {
      await store.users.add(ACCOUNT);
      const id = await send();
      await store.removeAccount('ada');
      expect(await store.notifications.find(id)).toMatchObject({ id, sender: 'ada' });
    });

    test('removes an account once, even for two removals at once', async () => {
      await store.users.add(ACCOUNT);
      const removed = await Promise.all([store.removeAccount('ada'), store.removeAccount('ada')]);
      expect(removed.toSorted()).toEqual([false, true]);
      expect(await store.removeAccount('nobody')).toBe(false);
    });

    test('never gives the name of a removed account away again', async () => {
      await store.users.add(ACCOUNT);
      await store.removeAccount('ada');
      expect(await store.users.add({ ...ACCOUNT, passwordHash: 'second' })).toBe(false);
      expect([await store.users.find('ada'), await store.users.list(10)]).toEqual([undefined, []]);
    });

    test('keeps a scheduled notification until it is sent, and sends it once', async () => {
      await store.users.add(ACCOUNT);
      const id = newId();
      await store.scheduled.add({ ...notificationOf('high'), id, sender: 'ada', deliverAt: LATER }, UNLIMITED);
      expect(await store.scheduled.find(id)).toMatchObject({ id });
      const sent = await Promise.all([0, 1].map(() => store.scheduled.send(id, notificationOf('high'))));
      const ids = sent.flatMap((stored) => stored?.entry.data.id ?? []);
      expect(ids).toHaveLength(1);
      expect(await store.scheduled.find(id)).toBeUndefined();
      expect((await entriesIn(store.notifications, 'everyone', 'high', 1, 10)).map((entry) => entry.data.id)).toEqual(
        ids,
      );
    });
  });
}
