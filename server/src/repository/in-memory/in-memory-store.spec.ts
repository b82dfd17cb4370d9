import { describeInboxRepository } from '#test/repository/inbox-repository.contract.js';
import { describeLeaving } from '#test/repository/leaving.contract.js';
import { describeNotificationRepository } from '#test/repository/notification-repository.contract.js';
import { describePreferencesRepository } from '#test/repository/preferences-repository.contract.js';
import { describeReceiptRepository } from '#test/repository/receipt-repository.contract.js';
import { describeRecounting } from '#test/repository/recounting.contract.js';
import { describeRequestRepository } from '#test/repository/request-repository.contract.js';
import { describeScheduledRepository } from '#test/repository/scheduled-repository.contract.js';
import { describeSnoozing } from '#test/repository/snoozing.contract.js';
import { describeStore } from '#test/repository/store.contract.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { describeUserRepository } from '#test/repository/user-repository.contract.js';
import { InMemoryStore } from './in-memory-store.js';

/** The memory of one process has one handle, which keeps the data when it is closed. */
function create(historyLimit: number): StoredData {
  const store = new InMemoryStore(historyLimit);
  return { open: () => store.open().then(() => store) };
}

const NAME = 'InMemoryStore';
describeStore(NAME, create);
describeNotificationRepository(NAME, create);
describeLeaving(NAME, create);
describeInboxRepository(NAME, create);
describeRecounting(NAME, create);
describeSnoozing(NAME, create);
describePreferencesRepository(NAME, create);
describeReceiptRepository(NAME, create);
describeRequestRepository(NAME, create);
describeScheduledRepository(NAME, create);
describeUserRepository(NAME, create);
