import { v7 as uuidv7 } from 'uuid';
import type { ScheduledNotification } from '../../../protocol/scheduled.js';
import type { ScheduledRepository } from '../../src/repository/scheduled-repository.js';

/** What every adapter guarantees. An adapter's spec calls this with its name and how to make one. */
export function describeScheduledRepository(name: string, create: () => ScheduledRepository | Promise<ScheduledRepository>): void {
  describe(`${name} as a ScheduledRepository`, () => {
    let repository: ScheduledRepository;

    beforeEach(async () => {
      repository = await create();
    });

    const at = (minute: number): string => `2026-01-31T08:0${minute}:00.000Z`;

    async function save(minute: number, fields: Partial<ScheduledNotification> = {}): Promise<ScheduledNotification> {
      const draft = { title: 'Deploy', message: 'Soon.', priority: 'low' as const, category: 'deploy' };
      const scheduled = { ...draft, id: uuidv7(), sender: 'ada', createdAt: at(0), deliverAt: at(minute), ...fields };
      await repository.save(scheduled);
      return scheduled;
    }

    test('lists those of a sender, or all, soonest first', async () => {
      const late = await save(3);
      const soon = await save(1);
      const other = await save(2, { sender: 'bob' });
      expect(await repository.list('ada')).toEqual([soon, late]);
      expect(await repository.list()).toEqual([soon, other, late]);
      expect(await repository.list('eve')).toEqual([]);
    });

    test('finds what is due, soonest first, and when the next is', async () => {
      expect(await repository.nextDue('')).toBeUndefined();
      const [third, first, second] = [await save(3), await save(1), await save(2)];
      expect(await repository.nextDue('')).toBe(at(1));
      expect(await repository.nextDue(at(2))).toBe(at(3));
      expect(await repository.nextDue(at(3))).toBeUndefined();
      expect(await repository.dueBy(at(0))).toEqual([]);
      expect(await repository.dueBy(at(2))).toEqual([first, second]);
      await repository.take(first.id);
      expect(await repository.nextDue('')).toBe(at(2));
      expect(await repository.dueBy(at(9))).toEqual([second, third]);
    });

    test('gives one away once, also to two who ask at once', async () => {
      const { id } = await save(1);
      expect((await Promise.all([repository.take(id), repository.take(id)])).toSorted()).toEqual([false, true]);
      expect(await repository.take(id)).toBe(false);
      expect(await repository.find(id)).toBeUndefined();
    });

    test('takes no more of a sender than it is told, also of two who add at once', async () => {
      await save(1);
      await save(1, { sender: 'bob' });
      const draft = { title: 'Deploy', message: 'Soon.', priority: 'low' as const, category: 'deploy', createdAt: at(0), deliverAt: at(2) };
      const add = (sender: string): Promise<boolean> => repository.add({ ...draft, id: uuidv7(), sender }, 2);
      expect((await Promise.all([add('ada'), add('ada'), add('bob')]))).toEqual([true, false, true]);
      expect(await repository.list('ada')).toHaveLength(2);
      await repository.take((await repository.list('ada'))[0]!.id);
      expect(await add('ada')).toBe(true);
    });

    test('drops all of a sender who is forgotten, and nothing of others', async () => {
      await save(1);
      await save(2, { problem: 'there is no user eve' });
      const other = await save(1, { sender: 'bob' });
      await repository.forget('ada');
      expect(await repository.list()).toEqual([other]);
    });

    test('keeps one with a problem, and does not call it due', async () => {
      const failed = await save(1, { problem: 'there is no user eve' });
      expect(await repository.nextDue('')).toBeUndefined();
      expect(await repository.dueBy(at(9))).toEqual([]);
      expect(await repository.find(failed.id)).toEqual(failed);
      expect(await repository.list()).toEqual([failed]);
    });
  });
}
