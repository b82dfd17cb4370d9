import type { FieldError, ScheduledNotification } from '@herald/protocol';
import { newId } from '../../src/repository/new-id.js';
import type { ScheduledRepository } from '../../src/repository/scheduled-repository.js';
import type { Store } from '../../src/repository/store.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew, UNLIMITED } from './stored-data.js';
import { headOf } from './log-contents.js';

const FAULT: FieldError = { field: 'audience', code: 'unknown_user', reason: 'there is no user eve' };

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeScheduledRepository(name: string, create: CreateData): void {
  describe(`${name} as a ScheduledRepository`, () => {
    let store: Store;
    let repository: ScheduledRepository;

    beforeEach(async () => {
      store = await openNew(create);
      repository = store.scheduled;
      for (const username of ['ada', 'bob', 'eve'])
        await store.users.add({ username, passwordHash: '', roles: [], topics: [] });
    });

    const at = (minute: number): string => `2026-01-31T08:0${minute}:00.000Z`;

    const list = (...senders: string[]): Promise<ScheduledNotification[]> =>
      repository.list({ senders: senders.length === 0 ? undefined : senders, limit: 100 });

    async function save(minute: number, fields: { sender?: string } = {}): Promise<ScheduledNotification> {
      const draft = { title: 'Deploy', message: 'Soon.', priority: 'low' as const, category: 'deploy' };
      const scheduled = { ...draft, id: newId(), sender: 'ada', createdAt: at(0), deliverAt: at(minute), ...fields };
      expect(await repository.add(scheduled, UNLIMITED)).toBeUndefined();
      return scheduled;
    }

    test('lists the notifications of one sender, of some or of all, soonest first', async () => {
      const late = await save(3);
      const soon = await save(1);
      const other = await save(2, { sender: 'bob' });
      expect(await list('ada')).toEqual([soon, late]);
      expect(await list()).toEqual([soon, other, late]);
      expect(await list('eve', 'bob', 'ada')).toEqual([soon, other, late]);
      expect(await repository.list({ senders: ['bob', 'ada'], limit: 2 })).toEqual([soon, other]);
      expect(await list('eve')).toEqual([]);
    });

    test('finds due notifications, soonest first, and the next due time', async () => {
      expect(await repository.nextDue('')).toBeUndefined();
      const [third, first, second] = [await save(3), await save(1), await save(2)];
      expect(await repository.nextDue('')).toBe(at(1));
      expect(await repository.nextDue(at(2))).toBe(at(3));
      expect(await repository.nextDue(at(3))).toBeUndefined();
      expect(await repository.dueBy(at(0), 100)).toEqual([]);
      expect(await repository.dueBy(at(2), 100)).toEqual([first, second]);
      await repository.cancel(first.id);
      expect(await repository.nextDue('')).toBe(at(2));
      expect(await repository.dueBy(at(9), 100)).toEqual([second, third]);
    });

    test('cancels a notification once, even for two cancellations at once', async () => {
      const { id } = await save(1);
      expect((await Promise.all([repository.cancel(id), repository.cancel(id)])).toSorted()).toEqual([false, true]);
      expect(await repository.cancel(id)).toBe(false);
      expect(await repository.find(id)).toBeUndefined();
    });

    test('sends a notification or cancels it, and never both', async () => {
      const { id } = await save(1);
      const outcome = await Promise.all([repository.cancel(id), repository.send(id, notificationOf('high'))]);
      const { offset } = await headOf(store.notifications, 'everyone', 'high');
      expect(outcome.filter(Boolean)).toHaveLength(1);
      expect(offset).toBe(outcome[0] ? 0 : 1);
    });

    test('stores no more notifications of a sender than the limit, even for two additions at once', async () => {
      await save(1);
      await save(1, { sender: 'bob' });
      const draft = {
        title: 'Deploy',
        message: 'Soon.',
        priority: 'low' as const,
        category: 'deploy',
        createdAt: at(0),
        deliverAt: at(2),
      };
      const limits = { count: 2, bytes: 1_000_000, bytesOfAll: 1_000_000, reserved: 0 };
      const add = (sender: string): Promise<string | undefined> =>
        repository.add({ ...draft, id: newId(), sender }, limits);
      expect(await Promise.all([add('ada'), add('ada'), add('bob')])).toEqual([undefined, 'count', undefined]);
      expect(await list('ada')).toHaveLength(2);
      await repository.cancel((await list('ada'))[0]!.id);
      expect(await add('ada')).toBeUndefined();
    });

    test('stores no more bytes than the limits of a sender and of all senders', async () => {
      const draft = {
        title: 'Deploy',
        message: 'm'.repeat(4000),
        priority: 'low' as const,
        category: 'deploy',
        createdAt: at(0),
        deliverAt: at(2),
      };
      const limits = { count: 100, bytes: 50_000, bytesOfAll: 70_000, reserved: 0 };
      const refused: Record<string, string | undefined> = {};
      for (const sender of ['ada', 'bob']) {
        for (let n = 0; n < 20; n++) refused[sender] = await repository.add({ ...draft, id: newId(), sender }, limits);
      }
      expect(refused).toEqual({ ada: 'bytes', bob: 'bytesOfAll' });
      const [own, all] = [(await list('ada')).length, (await list()).length];
      expect(own).toBeGreaterThan(50_000 / 20_000);
      expect(all * 4000).toBeLessThan(70_000);
      const reserved = { ...limits, reserved: 20_000 };
      const eve = { ...draft, sender: 'eve' };
      expect(await repository.add({ ...eve, id: newId() }, limits)).toBe('bytesOfAll');
      expect(await repository.add({ ...eve, id: newId() }, reserved)).toBeUndefined();
      expect(await repository.add({ ...eve, id: newId(), message: 'm'.repeat(8000) }, reserved)).toBe('bytesOfAll');
      await store.removeAccount('ada');
      expect(await repository.add({ ...draft, id: newId(), sender: 'bob' }, limits)).toBeUndefined();
    });

    test('lists page by page, even behind a removed notification', async () => {
      const plans = [await save(2), await save(2), await save(1), await save(3)];
      const sorted = [
        plans[2]!,
        ...[plans[0]!, plans[1]!].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
        plans[3]!,
      ];
      expect(await repository.list({ limit: 2 })).toEqual(sorted.slice(0, 2));
      const after = { at: sorted[1]!.deliverAt, id: sorted[1]!.id };
      await repository.cancel(after.id);
      expect(await repository.list({ senders: ['ada'], limit: 2, after })).toEqual(sorted.slice(2));
    });

    test("drops a removed sender's notifications, also those with a problem, and keeps all others", async () => {
      await save(1);
      await repository.setProblem((await save(2)).id, FAULT);
      const other = await save(1, { sender: 'bob' });
      await store.removeAccount('ada');
      expect(await list()).toEqual([other]);
    });

    test('keeps a notification with a problem, which is never due', async () => {
      const failed = { ...(await save(1)), problem: FAULT.reason, fault: FAULT };
      await repository.setProblem(failed.id, FAULT);
      expect(await repository.nextDue('')).toBeUndefined();
      expect(await repository.dueBy(at(9), 100)).toEqual([]);
      expect(await repository.find(failed.id)).toEqual(failed);
      expect(await list()).toEqual([failed]);
    });
  });
}
