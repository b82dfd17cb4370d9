import { entriesIn } from '#test/repository/log-contents.js';
import { collectGarbage } from '#test/collect-garbage.js';
import { entryOf, notificationOf } from '#test/repository/notification-repository.contract.js';
import type { NotificationEntry } from '@herald/protocol';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

// This test is first: it would wait for texts that other tests leave to be prepared.
test('InMemoryNotificationRepository frees dropped notifications, even those counted in an inbox', async () => {
  const repository = new InMemoryNotificationRepository(10);
  const { entry } = await repository.append(['everyone'], entryOf());
  const oldest = new WeakRef(repository.index.find(entry.data.id)!);
  for (let n = 0; n < 30; n++) await repository.append(['everyone'], entryOf());
  // Texts are prepared in later turns, and a WeakRef holds its target until the end of the turn that created it.
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  collectGarbage();
  expect(oldest.deref()).toBeUndefined();
});

function keyed(): NotificationEntry {
  return { event: 'notification', data: { ...notificationOf(), key: 'progress' } };
}

describe('InMemoryNotificationRepository', () => {
  test('keeps no more than its limit', async () => {
    const repository = new InMemoryNotificationRepository(100);
    const sizes: number[] = [];
    for (let n = 0; n < 300; n++) {
      await repository.append(['everyone'], entryOf());
      sizes.push((await entriesIn(repository, 'everyone', 'medium', 1, 1000)).length);
    }
    expect(Math.max(...sizes)).toBe(100);
  });

  test.each([
    ['replaced', async (repository: InMemoryNotificationRepository) => repository.append(['everyone'], keyed())],
    [
      'retracted',
      async (repository: InMemoryNotificationRepository) => {
        const { entry } = await repository.append(['everyone'], entryOf());
        await repository.retract(entry.data.id);
      },
    ],
  ])('keeps no more of what is %s at once', async (_, store) => {
    const repository = new InMemoryNotificationRepository(100);
    let most = 0;
    for (let n = 0; n < 300; n++) {
      await store(repository);
      most = Math.max(most, (await entriesIn(repository, 'everyone', 'medium', 1, 1000)).length);
    }
    expect(most).toBeLessThanOrEqual(101);
  });
});
