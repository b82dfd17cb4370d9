import { describeLeaving } from '../../../test/repository/leaving.contract.js';
import { describeNotificationRepository, entryOf } from '../../../test/repository/notification-repository.contract.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

describeNotificationRepository('InMemoryNotificationRepository', (limit) => new InMemoryNotificationRepository(limit));
describeLeaving('InMemoryNotificationRepository', (limit) => new InMemoryNotificationRepository(limit));

describe('InMemoryNotificationRepository', () => {
  test('keeps no more than a tenth above its limit', async () => {
    const repository = new InMemoryNotificationRepository(100);
    const sizes: number[] = [];
    for (let n = 0; n < 300; n++) {
      await repository.append(['everyone'], entryOf());
      sizes.push((await repository.read('everyone', 'medium', 1, 1000)).length);
    }
    expect(Math.max(...sizes)).toBe(110);
  });
});
