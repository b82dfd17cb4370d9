import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { InboxRepository } from './inbox-repository.js';
import { InMemoryStore } from './in-memory/in-memory-store.js';
import { NotificationRepository } from './notification-repository.js';
import { PreferencesRepository } from './preferences-repository.js';
import { ReceiptRepository } from './receipt-repository.js';
import { RequestRepository } from './request-repository.js';
import { ScheduledRepository } from './scheduled-repository.js';
import { type HistoryLimits, Store } from './store.js';
import { SqliteStore } from './sqlite/sqlite-store.js';
import { UserRepository } from './user-repository.js';

/** The one store that the modules share, and its parts. It is open before any of them starts, and closed after all. */
@Global()
@Module({})
export class RepositoryModule implements OnApplicationShutdown {
  constructor(@Inject(Store) private readonly store: Store) {}

  /** @param store which is open; the module closes it */
  static with(store: Store): DynamicModule {
    const providers = [
      { provide: Store, useValue: store },
      { provide: InboxRepository, useValue: store.inboxes },
      { provide: NotificationRepository, useValue: store.notifications },
      { provide: PreferencesRepository, useValue: store.preferences },
      { provide: ReceiptRepository, useValue: store.receipts },
      { provide: RequestRepository, useValue: store.requests },
      { provide: ScheduledRepository, useValue: store.scheduled },
      { provide: UserRepository, useValue: store.users },
    ];
    return { module: RepositoryModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}

/**
 * Opens the store that is configured.
 * @param file path of a SQLite file; undefined for a store in memory
 * @throws StoreError if it can't be opened
 */
export async function openStore(file: string | undefined, limits: HistoryLimits): Promise<Store> {
  const store = file === undefined ? new InMemoryStore(limits.count, limits.bytes) : new SqliteStore(file, limits);
  await store.open();
  return store;
}
