import type { Notification } from '@herald/protocol';
import fc from 'fast-check';
import type { InboxRepository } from '../../src/repository/inbox-repository.js';
import { newId } from '../../src/repository/new-id.js';
import type { NotificationRepository } from '../../src/repository/notification-repository.js';
import { ADA } from './inbox-repository.contract.js';
import { ModelInbox } from './model-inbox.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew, runsOf } from './stored-data.js';

const LATER = '2026-02-01T08:00:00.000Z';

/** Compares an adapter's inbox with a model that looks at everything anew. An adapter's spec calls this. */
export function describeRecounting(name: string, create: CreateData): void {
  describe(`${name}, the inbox`, () => {
    let log: NotificationRepository;
    let inbox: InboxRepository;

    async function store(channels: string[], facts: Partial<Notification>): Promise<string> {
      const data = { ...notificationOf(), audience: channels, ...facts };
      return (await log.append(channels, { event: 'notification', data })).entry.data.id;
    }

    test('shows, counts and changes the same as a full recount, in any order of events', async () => {
      const act = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            do: fc.constant('store' as const),
            to: fc.subarray([...ADA.channels, 'user:eve'], { minLength: 1 }),
            category: fc.constantFrom('a', 'b'),
            facts: fc.constantFrom({}, { requiresAck: true as const }),
          }),
        },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), nth: fc.nat(30) }) },
        {
          weight: 4,
          arbitrary: fc.record({
            do: fc.constant('change' as const),
            nth: fc.array(fc.nat(30), { maxLength: 5 }),
            mark: fc.record(
              {
                read: fc.boolean(),
                archived: fc.boolean(),
                snoozedUntil: fc.constantFrom(null, LATER),
                acknowledged: fc.constant(true as const),
              },
              { requiredKeys: [] },
            ),
          }),
        },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('mute' as const), muted: fc.subarray(['a', 'b']) }) },
        {
          weight: 1,
          arbitrary: fc.record({
            do: fc.constant('join' as const),
            channels: fc.subarray([...ADA.channels, 'user:eve']),
          }),
        },
        {
          weight: 3,
          arbitrary: fc.record({
            do: fc.constant('look' as const),
            view: fc.constantFrom('inbox' as const, 'archived' as const, 'snoozed' as const, 'all' as const),
            unread: fc.boolean(),
            unconfirmed: fc.boolean(),
          }),
        },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 60, size: 'max' }), async (acts) => {
          ({ notifications: log, inboxes: inbox } = await openNew(create, 20));
          const model = new ModelInbox(log);
          let reader = ADA;
          const stored: string[] = [];
          for (const one of acts) {
            if (one.do === 'store') stored.push(await store(one.to, { category: one.category, ...one.facts }));
            else if (one.do === 'retract') await log.retract(stored[one.nth] ?? newId());
            else if (one.do === 'mute') reader = { ...reader, muted: one.muted };
            else if (one.do === 'join') reader = { ...reader, channels: one.channels };
            else if (one.do === 'change') {
              const ids = one.nth.flatMap((nth) => stored[nth] ?? []);
              expect((await inbox.change(reader, { ids }, one.mark)).ids).toEqual(
                await model.change(reader, ids, one.mark),
              );
            } else {
              const page = await inbox.page(reader, { filter: one, limit: 100 });
              const items = await model.items(reader, stored);
              expect(page.counts).toEqual(model.counts(items));
              expect(page.items).toEqual(items.filter((item) => model.isIn(item, one)));
            }
          }
        }),
        { seed: 42, numRuns: runsOf(create, 150) },
      );
    });
  });
}
