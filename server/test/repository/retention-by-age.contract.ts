import type { Notification, Priority } from '@herald/protocol';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { newId } from '../../src/repository/new-id.js';
import type { LogEntry } from '../../src/repository/notification-repository.js';
import type { Store } from '../../src/repository/store.js';
import { longestTurnMs } from '../longest-turn.js';
import { entriesIn, headOf } from './log-contents.js';
import { entryOf, notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew } from './stored-data.js';

/** More than one slice of a store that drops entries in slices. */
const MANY = 1200;
/** Promise G8. */
const TURN_MAX_MS = 50;
const ADA = { username: 'ada', channels: ['everyone', 'user:ada'], muted: [] };

/** Guarantees of every adapter about entries that are too old. */
export function describeRetentionByAge(name: string, create: CreateData): void {
  describe(`${name}, entries before an instant`, () => {
    let store: Store;

    beforeEach(async () => {
      store = await openNew(create, 10_000);
    });

    async function append(channels: string[], facts: Partial<Notification> = {}): Promise<LogEntry> {
      const data = { ...notificationOf('low'), audience: channels, ...facts };
      return (await store.notifications.append(channels, { event: 'notification', data })).places[0]!;
    }

    async function idsIn(channel: string, lane: Priority = 'low'): Promise<string[]> {
      return (await entriesIn(store.notifications, channel, lane, 1, 10_000)).map(({ data }) => data.id);
    }

    /** An instant after all ids so far and before all later ones, at most some milliseconds from now. */
    async function instantBetween(): Promise<string> {
      const made = newId();
      const instant = Number.parseInt(made.slice(0, 8) + made.slice(9, 13), 16) + 1;
      while (Date.now() < instant) await nextTurn();
      return new Date(instant).toISOString();
    }

    test('are dropped in all their channels, and those since then stay with their offsets', async () => {
      const old = [await append(['everyone']), await append(['everyone', 'user:ada']), await append(['user:ada'])];
      const instant = await instantBetween();
      const kept = [await append(['everyone', 'user:ada']), await append(['everyone'])];
      await store.notifications.dropBefore(instant);
      expect(await idsIn('everyone')).toEqual(kept.map(({ data }) => data.id));
      expect(await idsIn('user:ada')).toEqual([kept[0]!.data.id]);
      const [first] = await entriesIn(store.notifications, 'everyone', 'low', 1, 1);
      expect(first!.offset).toBe(3);
      for (const { data } of old) expect(await store.notifications.find(data.id)).toBeUndefined();
      for (const { data } of kept) expect(await store.notifications.find(data.id)).toBeDefined();
    });

    test('leave a lane empty at its head, and the next offset follows', async () => {
      await append(['everyone']);
      await append(['everyone']);
      await store.notifications.dropBefore(await instantBetween());
      expect(await headOf(store.notifications, 'everyone', 'low')).toEqual({ offset: 2, id: null });
      expect(await idsIn('everyone')).toEqual([]);
      expect((await append(['everyone'])).offset).toBe(3);
    });

    test('are dropped whoever sent them, although others have sent older ones', async () => {
      await append(['everyone'], { sender: 'bob' });
      for (let n = 0; n < 5; n++) await append(['everyone'], { sender: n % 2 === 0 ? 'ada' : 'bob' });
      const instant = await instantBetween();
      const { data } = await append(['everyone'], { sender: 'bob' });
      await store.notifications.dropBefore(instant);
      expect(await idsIn('everyone')).toEqual([data.id]);
    });

    test('are dropped of every kind: states, preferences, retractions, and what was retracted or replaced', async () => {
      const { data } = await append(['user:ada'], { key: 'backup', priority: 'high' });
      await append(['user:ada'], { key: 'backup', priority: 'high' });
      const { data: retracted } = await append(['user:ada'], { priority: 'high' });
      await store.notifications.retract(retracted.id);
      await store.inboxes.change(ADA, { filter: { view: 'inbox' } }, { read: true });
      expect((await idsIn('user:ada', 'high')).length + (await idsIn('user:ada', 'medium')).length).toBeGreaterThan(4);
      await store.notifications.dropBefore(await instantBetween());
      for (const lane of ['high', 'medium', 'low'] as const) expect(await idsIn('user:ada', lane)).toEqual([]);
      expect(await store.notifications.find(data.id)).toBeUndefined();
    });

    test('leave inboxes, with their marks and counts', async () => {
      const { data: old } = await append(['everyone']);
      await store.inboxes.change(ADA, { ids: [old.id] }, { archived: true });
      await append(['user:ada']);
      const instant = await instantBetween();
      const { data: kept } = await append(['everyone']);
      await store.notifications.dropBefore(instant);
      const { items, counts } = await store.inboxes.page(ADA, { filter: { view: 'all' }, limit: 10 });
      expect(items.map(({ id }) => id)).toEqual([kept.id]);
      expect(counts).toMatchObject({ unread: 1, inbox: 1, archived: 0 });
      expect(await store.inboxes.marksOf(old.id)).toEqual([]);
      expect(await store.notifications.sentBy(['ada'], 10)).toMatchObject([{ id: kept.id }]);
    });

    test('free their key: the next notification with it replaces nothing', async () => {
      await append(['everyone'], { key: 'backup' });
      await store.notifications.dropBefore(await instantBetween());
      const { data } = await append(['everyone'], { key: 'backup' });
      expect(data).not.toHaveProperty('replaces');
    });

    test('are dropped in slices, between which others are appended', async () => {
      const items = Array.from({ length: MANY }, () => ({ channels: ['everyone'], entry: entryOf('low') }));
      await store.notifications.appendAll(items);
      const instant = await instantBetween();
      let during: LogEntry | undefined;
      const dropAll = async (): Promise<void> => {
        const dropped = store.notifications.dropBefore(instant);
        during = await append(['everyone']);
        await dropped;
      };
      expect(await longestTurnMs(dropAll)).toBeLessThan(TURN_MAX_MS);
      expect(await idsIn('everyone')).toEqual([during?.data.id]);
      expect(during?.offset).toBe(MANY + 1);
    });

    test('are not told of: listeners hear nothing', async () => {
      await append(['everyone']);
      const heard: LogEntry[] = [];
      store.notifications.follow({ appended: ({ places }) => heard.push(...places) });
      await store.notifications.dropBefore(await instantBetween());
      expect(heard).toEqual([]);
    });

    test('may be none', async () => {
      await store.notifications.dropBefore(new Date().toISOString());
      const { data } = await append(['everyone']);
      await store.notifications.dropBefore('2026-01-31T08:00:00.000Z');
      expect(await idsIn('everyone')).toEqual([data.id]);
    });
  });
}
