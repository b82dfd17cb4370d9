import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { jest } from '@jest/globals';
import { loopShare } from '../../timing/loop-share.js';
import { InMemoryInboxRepository } from './in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

function create(): { log: InMemoryNotificationRepository; inbox: InMemoryInboxRepository } {
  const log = new InMemoryNotificationRepository(10_000);
  return { log, inbox: new InMemoryInboxRepository(log) };
}

test('a search finds a notification that was just stored, even if texts are prepared during the search', async () => {
  const { log, inbox } = create();
  const ada = { username: 'ada', channels: ['everyone'], muted: [] };
  const notifications = Array.from({ length: 600 }, (_, n) => ({
    ...notificationOf('low'),
    message: `${'long '.repeat(700)} word${n}`,
  }));
  const stored = log.appendAll(
    notifications.map((data) => ({ channels: ['everyone'], entry: { event: 'notification', data } })),
  );
  const pages = ['word0', 'word300', 'word599'].map((q) => inbox.page(ada, { filter: { view: 'all', q }, limit: 10 }));
  const ids = (await stored).map(({ entry }) => entry.data.id);
  const found = (await Promise.all(pages)).map(({ items }) => items.map(({ id }) => id));
  expect(found).toEqual([0, 300, 599].map((n) => [ids[n]]));
});

test('many searches of one person delay a search of another no longer than one of them', async () => {
  const { log, inbox } = create();
  await log.appendAll(
    Array.from({ length: 200 }, () => ({
      channels: ['everyone'],
      entry: { event: 'notification', data: notificationOf('low') },
    })),
  );
  const isUsedUp = jest.spyOn(loopShare, 'isUsedUp').mockReturnValue(true);
  const next = jest.spyOn(loopShare, 'next');
  /** @returns number of slices that began until the work was done */
  const search = async (username: string): Promise<number> => {
    await inbox.page(
      { username, channels: ['everyone'], muted: [] },
      { filter: { view: 'all', q: 'nowhere' }, limit: 10 },
    );
    return next.mock.calls.length;
  };
  await Promise.all([search('ada'), search('grace')]);
  next.mockClear();
  const alone = await search('grace');
  next.mockClear();
  const many = Array.from({ length: 20 }, () => search('ada'));
  expect(await search('grace')).toBeLessThanOrEqual(3 * alone);
  await Promise.all(many);
  isUsedUp.mockRestore();
  next.mockRestore();
});
