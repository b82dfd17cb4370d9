import { describeInboxRepository } from '../../../test/repository/inbox-repository.contract.js';
import { InMemoryInboxRepository } from './in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

describeInboxRepository('InMemoryInboxRepository', (limit) => {
  const log = new InMemoryNotificationRepository(limit);
  return { log, inbox: new InMemoryInboxRepository(log) };
});
