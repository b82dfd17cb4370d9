import { describeInboxRepository, type Repositories } from '../../../test/repository/inbox-repository.contract.js';
import { describeSnoozing } from '../../../test/repository/snoozing.contract.js';
import { InMemoryInboxRepository } from './in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';

function create(limit: number): Repositories {
  const log = new InMemoryNotificationRepository(limit);
  return { log, inbox: new InMemoryInboxRepository(log) };
}

describeInboxRepository('InMemoryInboxRepository', create);
describeSnoozing('InMemoryInboxRepository', create);
