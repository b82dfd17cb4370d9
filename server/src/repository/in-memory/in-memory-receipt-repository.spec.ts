import { heapBytes } from '#test/collect-garbage.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { InMemoryReceiptRepository } from './in-memory-receipt-repository.js';
import { InMemoryUserRepository } from './in-memory-user-repository.js';

const HISTORY = 100;

describe('InMemoryReceiptRepository', () => {
  let log: InMemoryNotificationRepository;
  let receipts: InMemoryReceiptRepository;

  beforeEach(async () => {
    const users = new InMemoryUserRepository();
    await users.add({ username: 'admin', passwordHash: '', roles: [], topics: [] });
    log = new InMemoryNotificationRepository(HISTORY);
    receipts = new InMemoryReceiptRepository(log, users.audiences);
  });

  /** A notification in a topic of its own, delivered and answered. @returns its id */
  async function visit(topic: string): Promise<string> {
    const audience = [`topic:${topic}`, 'user:admin'];
    const { entry, places } = await log.append(audience, {
      event: 'notification',
      data: { ...notificationOf('low'), audience },
    });
    const { id } = entry.data;
    const { channel, lane, offset } = places[0]!;
    await receipts.received('admin', { channel, lane, from: offset, to: offset });
    await receipts.answer('admin', id, { label: 'Open', event: 'open', at: '2026-01-31T08:00:00.000Z' });
    return id;
  }

  test('forgets the receipts of dropped notifications', async () => {
    const ids: string[] = [];
    for (let n = 0; n <= HISTORY; n++) ids.push(await visit(`t${n}`));
    const known = await Promise.all(
      ids.map(async (id) => [
        await receipts.receiversOf(id),
        (await receipts.answersOf(id)).size,
        (await receipts.recipientsOf(id))?.count,
      ]),
    );
    expect(known[0]).toEqual([[], 0, undefined]);
    expect(known[1]).toEqual([['admin'], 1, 1]);
  });

  test('does not grow with the topics that were ever sent to', async () => {
    const visitMany = async (prefix: string, count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        await visit(`${prefix}-${n}`);
        // The log prepares texts for searches between turns, and keeps them until then.
        if (n % 100 === 0) await new Promise(setImmediate);
      }
    };
    // The log keeps the heads of 10,000 empty lanes, and its maps reach their final capacity at twice that number.
    await visitMany('early', 21_000);
    const before = heapBytes();
    await visitMany('late', 5000);
    expect(heapBytes() - before).toBeLessThan(5000 * 100);
  });
});
