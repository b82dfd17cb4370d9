import type { InboxFilter } from '@herald/protocol';
import type { InboxRepository, Reader } from '../../src/repository/inbox-repository.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';
import { ADA, EVE } from './inbox-repository.contract.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew } from './stored-data.js';
import { entriesIn } from './log-contents.js';

const LATER = '2026-02-01T08:00:00.000Z';
const LATEST = '2026-02-02T08:00:00.000Z';

/** Guarantees of every adapter about snoozes. An adapter's spec calls this with its name and a factory. */
export function describeSnoozing(name: string, create: CreateData): void {
  describe(`${name}: a snooze`, () => {
    let log: NotificationRepository;
    let inbox: InboxRepository;

    beforeEach(async () => {
      ({ notifications: log, inboxes: inbox } = await openNew(create));
    });

    async function store(channels: string[]): Promise<string> {
      const data = { ...notificationOf(), audience: channels };
      return (await log.append(channels, { event: 'notification', data })).entry.data.id;
    }

    async function idsOf(view: InboxFilter['view'] = 'inbox', reader: Reader = ADA): Promise<string[]> {
      return (await inbox.page(reader, { filter: { view }, limit: 100 })).items.map(({ id }) => id);
    }

    async function countsOf(reader: Reader = ADA): Promise<object> {
      return (await inbox.page(reader, { filter: { view: 'all' }, limit: 1 })).counts;
    }

    test('hides a notification until it ends, and its end can be looked up', async () => {
      const [first, second] = [await store(['everyone']), await store(['everyone'])];
      await inbox.change(ADA, { ids: [first] }, { snoozedUntil: LATER });
      await inbox.change(EVE, { ids: [second] }, { snoozedUntil: LATEST });
      expect([await idsOf(), await idsOf('snoozed')]).toEqual([[second], [first]]);
      expect(await countsOf()).toEqual({ unread: 1, inbox: 1, archived: 0, snoozed: 1, unconfirmed: 0 });
      expect(await inbox.nextSnoozeEnd('')).toBe(LATER);
      expect(await inbox.nextSnoozeEnd(LATER)).toBe(LATEST);
      expect(await inbox.sleepersBy('2026-02-01T07:59:59.999Z', 100)).toEqual([]);
      expect(await inbox.sleepersBy(LATER, 100)).toEqual(['ada']);
    });

    test('is over once it is cancelled', async () => {
      const id = await store(['everyone']);
      await inbox.change(ADA, { ids: [id] }, { snoozedUntil: LATER });
      await inbox.change(ADA, { ids: [id] }, { snoozedUntil: null });
      expect(await inbox.nextSnoozeEnd('')).toBeUndefined();
      expect(await idsOf()).toEqual([id]);
    });

    test('that changes is returned with its previous end, for undo', async () => {
      const ids = [await store(['everyone']), await store(['everyone']), await store(['everyone'])] as const;
      const until = async (snoozedUntil: string | null, ...some: string[]): Promise<unknown> =>
        (await inbox.change(ADA, { ids: some }, { snoozedUntil })).wereSnoozed;
      expect(await until(LATER, ids[0], ids[1])).toEqual([]);
      expect(await until(LATEST, ids[2])).toEqual([]);
      expect(await until(LATER, ids[1], ids[2])).toEqual([{ ids: [ids[2]], snoozedUntil: LATEST }]);
      expect((await inbox.change(ADA, { ids: [ids[0]] }, { read: true })).wereSnoozed).toBeUndefined();
      await until(LATEST, ids[2]);
      const woken = await inbox.change(ADA, { filter: { view: 'snoozed' }, upTo: ids[2] }, { snoozedUntil: null });
      expect(woken.ids).toHaveLength(3);
      expect(woken.wereSnoozed).toEqual([
        { ids: [ids[2]], snoozedUntil: LATEST },
        { ids: [ids[1], ids[0]], snoozedUntil: LATER },
      ]);
      await until(LATER, ids[0]);
      expect(
        (await inbox.change({ ...ADA, channels: [] }, { ids: [ids[0]] }, { snoozedUntil: null })).wereSnoozed,
      ).toEqual([]);
    });

    test('is over at its end and not before, even for a retracted notification', async () => {
      const [first, second, third] = [await store(['everyone']), await store(['everyone']), await store(['everyone'])];
      await inbox.change(ADA, { ids: [first, second] }, { snoozedUntil: LATER });
      await inbox.change(ADA, { ids: [third] }, { snoozedUntil: LATEST });
      await inbox.change(EVE, { ids: [first] }, { snoozedUntil: LATER });
      await log.retract(second);
      const { ids, counts } = await inbox.change(ADA, { snoozedUntil: LATER }, { snoozedUntil: null, read: false });
      expect([ids, counts]).toEqual([[first], { unread: 1, inbox: 1, archived: 0, snoozed: 1, unconfirmed: 0 }]);
      expect(await inbox.sleepersBy(LATER, 100)).toEqual(['eve']);
      expect(await idsOf()).toEqual([first]);
      expect(await inbox.nextSnoozeEnd(LATER)).toBe(LATEST);
    });

    test('ends without an entry if the reader no longer reads the channel', async () => {
      const id = await store(['role:ops']);
      await inbox.change(ADA, { ids: [id] }, { snoozedUntil: LATER, read: true });
      const away = { ...ADA, channels: ['everyone', 'user:ada'] };
      expect((await inbox.change(away, { snoozedUntil: LATER }, { snoozedUntil: null, read: false })).ids).toEqual([]);
      expect(await entriesIn(log, 'user:ada', 'medium', 1, 10)).toHaveLength(1);
      expect(await countsOf(away)).toEqual({ unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 });
      expect(await countsOf()).toEqual({ unread: 1, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 });
    });
  });
}
