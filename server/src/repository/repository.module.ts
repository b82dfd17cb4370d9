import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppRepository } from './app-repository.js';
import { InboxRepository } from './inbox-repository.js';
import { InMemoryStore } from './in-memory/in-memory-store.js';
import { NotificationRepository } from './notification-repository.js';
import { PreferencesRepository } from './preferences-repository.js';
import { ReceiptRepository } from './receipt-repository.js';
import { RequestRepository } from './request-repository.js';
import { ScheduledRepository } from './scheduled-repository.js';
import { type HistoryLimits, Store } from './store.js';
import { Peers } from './peers.js';
import { PostgresStore } from './postgres/postgres-store.js';
import { fileIn } from './sqlite/file-in.js';
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
      { provide: AppRepository, useValue: store.apps },
      { provide: InboxRepository, useValue: store.inboxes },
      { provide: NotificationRepository, useValue: store.notifications },
      { provide: Peers, useValue: store.peers },
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

/** Where the store is. */
export interface StoreAddress {
  /** `memory:`, `sqlite:` and the path of a file, or `postgres://…` */
  readonly url: string;
  /** URL of the same PostgreSQL database without a pooler before it. */
  readonly listenUrl: string | undefined;
}

/**
 * Opens the store that is configured.
 * @throws StoreError if it can't be opened
 */
export async function openStore(address: StoreAddress, limits: HistoryLimits): Promise<Store> {
  const store = storeAt(address, limits);
  await store.open();
  return store;
}

function storeAt({ url, listenUrl }: StoreAddress, limits: HistoryLimits): Store {
  const file = fileIn(url);
  if (file !== undefined) return new SqliteStore(file, limits);
  if (url === 'memory:') return new InMemoryStore(limits.count, limits.bytes);
  return new PostgresStore(url, limits, listenUrl);
}
