import { ANSWERS_KEPT_MAX, NAMED_RECIPIENTS_MAX } from '@herald/protocol';
import type { Stored } from '../../src/repository/notification-repository.js';
import type { Store } from '../../src/repository/store.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew } from './stored-data.js';

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeReceiptRepository(name: string, create: CreateData): void {
  describe(`${name} as a ReceiptRepository`, () => {
    let store: Store;

    beforeEach(async () => {
      store = await openNew(create);
      await addAccount('ada', 'ops');
      await addAccount('bob');
    });

    function addAccount(username: string, ...roles: string[]): Promise<boolean> {
      return store.users.add({ username, passwordHash: '', roles, topics: [] });
    }

    function send(audience = ['everyone'], fields: { key?: string } = {}): Promise<Stored> {
      const data = { ...notificationOf('low'), audience, ...fields };
      return store.notifications.append(audience, { event: 'notification', data });
    }

    /** A person acknowledges the entries from `first` to `last` of a channel. */
    async function receive(username: string, first: Stored, last = first): Promise<void> {
      const { channel, lane, offset } = first.places[0]!;
      await store.receipts.received(username, { channel, lane, from: offset, to: last.places[0]!.offset });
    }

    const answerOf = (n: number) => ({ label: `Answer ${n}`, event: `answer-${n}`, at: '2026-01-31T08:00:00.000Z' });
    const receiversOf = async ({ entry }: Stored): Promise<string[]> =>
      (await store.receipts.receiversOf(entry.data.id)).toSorted();
    const recipientsOf = async ({ entry }: Stored): Promise<unknown> => {
      const recipients = await store.receipts.recipientsOf(entry.data.id);
      return recipients === undefined ? undefined : [recipients.count, recipients.usernames];
    };

    describe('the recipients', () => {
      test('are the accounts in the audience, each once, as soon as the notification is stored', async () => {
        expect(await recipientsOf(await send())).toEqual([2, ['ada', 'bob']]);
        expect(await recipientsOf(await send(['user:ada', 'role:ops', 'user:nobody']))).toEqual([1, ['ada']]);
        expect(await recipientsOf(await send(['topic:nobody']))).toEqual([0, []]);
      });

      test('stay those of the moment when it was stored', async () => {
        const sent = await send();
        await addAccount('eve');
        expect(await recipientsOf(sent)).toEqual([2, ['ada', 'bob']]);
        expect(await recipientsOf(await send())).toEqual([3, ['ada', 'bob', 'eve']]);
      });

      test('are named up to a number, and known beyond it', async () => {
        for (let n = 2; n <= NAMED_RECIPIENTS_MAX; n++) await addAccount(`user-${n}`);
        const recipients = await store.receipts.recipientsOf((await send()).entry.data.id);
        expect([recipients?.count, recipients?.usernames]).toEqual([NAMED_RECIPIENTS_MAX + 1, undefined]);
        expect(['user-7', 'nobody'].map((username) => recipients?.has(username))).toEqual([true, false]);
      });
    });

    describe('a notification', () => {
      test('counts as received only by those who reported it, and not with earlier ones of its lane', async () => {
        const [first, second, third] = [await send(), await send(), await send()];
        await receive('ada', third);
        await receive('bob', first, second);
        expect([await receiversOf(first), await receiversOf(second), await receiversOf(third)]).toEqual([
          ['bob'],
          ['bob'],
          ['ada'],
        ]);
      });

      test('counts once for a person who receives it in several channels or fetches it', async () => {
        const sent = await send(['everyone', 'user:ada']);
        const [, own] = sent.places;
        await receive('ada', sent);
        await store.receipts.received('ada', { ...own!, from: own!.offset, to: own!.offset });
        await store.receipts.fetched('ada', [sent.entry.data.id, 'unknown']);
        expect(await receiversOf(sent)).toEqual(['ada']);
      });

      test('loses its receipts when it is retracted or replaced', async () => {
        const sent = [await send(['everyone'], { key: 'backup' }), await send()];
        for (const one of sent) {
          await receive('ada', one);
          await store.receipts.answer('ada', one.entry.data.id, answerOf(1));
        }
        const replacement = await send(['everyone'], { key: 'backup' });
        await store.notifications.retract(sent[1]!.entry.data.id);
        for (const one of sent) {
          expect([await recipientsOf(one), await receiversOf(one)]).toEqual([undefined, []]);
          expect((await store.receipts.answersOf(one.entry.data.id)).size).toBe(0);
        }
        expect([await recipientsOf(replacement), await receiversOf(replacement)]).toEqual([[2, ['ada', 'bob']], []]);
      });
    });

    describe('an answer', () => {
      test('replaces an earlier one, which is returned and kept', async () => {
        const { id } = (await send()).entry.data;
        expect(await store.receipts.answer('ada', id, answerOf(1))).toBeUndefined();
        expect(await store.receipts.answer('ada', id, answerOf(1))).toBeUndefined();
        expect(await store.receipts.answer('ada', id, answerOf(2))).toEqual(answerOf(1));
        expect([...(await store.receipts.answersOf(id))]).toEqual([['ada', [answerOf(1), answerOf(2)]]]);
      });

      test(`is kept among the latest ${ANSWERS_KEPT_MAX} of its person`, async () => {
        const { id } = (await send()).entry.data;
        for (let n = 0; n < ANSWERS_KEPT_MAX + 3; n++) await store.receipts.answer('ada', id, answerOf(n));
        const kept = (await store.receipts.answersOf(id)).get('ada');
        expect(kept).toEqual(Array.from({ length: ANSWERS_KEPT_MAX }, (_, n) => answerOf(n + 3)));
      });

      test('to a notification that is gone is ignored', async () => {
        const { id } = (await send()).entry.data;
        await store.notifications.retract(id);
        expect(await store.receipts.answer('ada', id, answerOf(1))).toBeUndefined();
        expect((await store.receipts.answersOf(id)).size).toBe(0);
      });
    });
  });
}
