import { describeAppRepository } from './app-repository.contract.js';
import { describeAppTemplateRepository } from './app-template-repository.contract.js';
import { describeInboxRepository } from './inbox-repository.contract.js';
import { describeLeaving } from './leaving.contract.js';
import { describeNotificationRepository } from './notification-repository.contract.js';
import { describePreferencesRepository } from './preferences-repository.contract.js';
import { describeReceiptRepository } from './receipt-repository.contract.js';
import { describeRecounting } from './recounting.contract.js';
import { describeRequestRepository } from './request-repository.contract.js';
import { describeRetentionByAge } from './retention-by-age.contract.js';
import { describeScheduledRepository } from './scheduled-repository.contract.js';
import { describeSnoozing } from './snoozing.contract.js';
import { describeStore } from './store.contract.js';
import type { CreateData } from './stored-data.js';
import { describeUserRepository } from './user-repository.contract.js';

const CONTRACTS = [
  describeStore,
  describeNotificationRepository,
  describeLeaving,
  describeRetentionByAge,
  describeInboxRepository,
  describeRecounting,
  describeSnoozing,
  describePreferencesRepository,
  describeReceiptRepository,
  describeRequestRepository,
  describeScheduledRepository,
  describeUserRepository,
  describeAppRepository,
  describeAppTemplateRepository,
];

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeAdapter(name: string, create: CreateData): void {
  for (const describeContract of CONTRACTS) describeContract(name, create);
}
