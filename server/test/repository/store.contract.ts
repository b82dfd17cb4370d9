import { DEFAULT_PREFERENCES } from '@herald/protocol';
import { newId } from '../../src/repository/new-id.js';
import type { Store } from '../../src/repository/store.js';
import type { User } from '../../src/repository/user-repository.js';
import { ADA } from './inbox-repository.contract.js';
import { entryOf, notificationOf } from './notification-repository.contract.js';
import type { CreateData, StoredData } from './stored-data.js';

const ACCOUNT: User = { username: 'ada', passwordHash: '', roles: ['ops'], topics: [] };
const LATER = '2026-02-01T08:00:00.000Z';
const UNLIMITED = { count: 100, bytes: 1_000_000, bytesOfAll: 1_000_000, reserved: 0 };

/** Guarantees of every adapter about the store as a whole. An adapter's spec calls this with its name and a factory. */
export function describeStore(name: string, create: CreateData): void {
  describe(`${name} as a Store`, () => {
    let data: StoredData;
    let store: Store;

    beforeEach(async () => {
      data = await create(1000);
      store = await data.open();
    });

    /** One of everything that belongs to Ada. @returns the id of a notification that she can read */
    async function fill(): Promise<string> {
      await store.users.add(ACCOUNT);
      const { entry } = await store.notifications.append(['everyone'], entryOf());
      await store.inboxes.change(ADA, { ids: [entry.data.id] }, { read: true, snoozedUntil: LATER });
      await store.preferences.update('ada', () => DEFAULT_PREFERENCES);
      await store.scheduled.add({ ...notificationOf(), sender: 'ada', deliverAt: LATER }, UNLIMITED);
      await store.receipts.fetched('ada', [entry.data.id]);
      await store.receipts.answer('ada', entry.data.id, { label: 'Open', event: 'open', at: LATER });
      return entry.data.id;
    }

    /** The amount of everything that belongs to Ada. */
    async function amounts(of: Store, id: string): Promise<Record<string, number>> {
      return {
        accounts: (await of.users.list()).length,
        marks: (await of.inboxes.marksOf(id)).length,
        snoozers: (await of.inboxes.sleepersBy(LATER, 10)).length,
        preferences: Number((await of.preferences.find('ada')) !== undefined),
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
      const id = await fill();
      const [epoch, head] = [store.notifications.epoch, await store.notifications.head('everyone', 'medium')];
      await store.close();
      const reopened = await data.open();
      expect(await amounts(reopened, id)).toEqual(EVERYTHING);
      expect(reopened.notifications.epoch).toBe(epoch);
      expect(await reopened.notifications.head('everyone', 'medium')).toEqual(head);
      expect(await reopened.notifications.find(id)).toMatchObject({ id });
    });

    test('shows another handle what is stored, and reports its entries and accounts', async () => {
      const other = await data.open();
      const heard: string[] = [];
      other.notifications.onAppended(({ entry }) => heard.push(entry.data.id));
      const accounts: string[] = [];
      other.users.onChanged((username) => accounts.push(username));
      const id = await fill();
      expect(await amounts(other, id)).toEqual(EVERYTHING);
      expect(heard).toContain(id);
      expect(accounts).toEqual(['ada']);
    });

    test('removes an account with its private data, and keeps that of others', async () => {
      const id = await fill();
      await store.users.add({ ...ACCOUNT, username: 'bob' });
      await store.preferences.update('bob', () => DEFAULT_PREFERENCES);
      const { entry } = await store.notifications.append(['everyone'], entryOf());
      expect(await store.removeAccount('ada')).toBe(true);
      expect(await amounts(store, id)).toEqual({
        accounts: 1,
        marks: 0,
        snoozers: 0,
        preferences: 0,
        scheduled: 0,
        receivers: 0,
        answers: 0,
      });
      expect(await store.preferences.find('bob')).toEqual(DEFAULT_PREFERENCES);
      expect(await store.notifications.find(entry.data.id)).toMatchObject({ sender: 'ada' });
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
      expect([await store.users.find('ada'), await store.users.list()]).toEqual([undefined, []]);
    });

    test('keeps a scheduled notification until it is sent, and sends it once', async () => {
      await store.users.add(ACCOUNT);
      const id = newId();
      await store.scheduled.add({ ...notificationOf('high'), id, sender: 'ada', deliverAt: LATER }, UNLIMITED);
      const sent = await Promise.all([0, 1].map(() => store.scheduled.send(id, notificationOf('high'))));
      const ids = sent.flatMap((stored) => stored?.entry.data.id ?? []);
      expect(ids).toHaveLength(1);
      expect(await store.scheduled.find(id)).toBeUndefined();
      expect((await store.notifications.read('everyone', 'high', 1, 10)).map((entry) => entry.data.id)).toEqual(ids);
    });
  });
}
