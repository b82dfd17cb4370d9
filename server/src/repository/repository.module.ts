import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { InboxRepository } from './inbox-repository.js';
import { InMemoryStore } from './in-memory/in-memory-store.js';
import { NotificationRepository } from './notification-repository.js';
import { PreferencesRepository } from './preferences-repository.js';
import { ReceiptRepository } from './receipt-repository.js';
import { RequestRepository } from './request-repository.js';
import { ScheduledRepository } from './scheduled-repository.js';
import { Store } from './store.js';
import { UserRepository } from './user-repository.js';

/** The one store that the modules share, and its parts. It is open before any of them starts, and closed after all. */
@Global()
@Module({})
export class RepositoryModule implements OnApplicationShutdown {
  constructor(@Inject(Store) private readonly store: Store) {}

  static inMemory(historyLimit: number, historyBytes: number): DynamicModule {
    const part = <Part>(token: Part, of: (store: Store) => unknown) => ({
      provide: token,
      useFactory: of,
      inject: [Store],
    });
    const parts = [
      part(InboxRepository, (store) => store.inboxes),
      part(NotificationRepository, (store) => store.notifications),
      part(PreferencesRepository, (store) => store.preferences),
      part(ReceiptRepository, (store) => store.receipts),
      part(RequestRepository, (store) => store.requests),
      part(ScheduledRepository, (store) => store.scheduled),
      part(UserRepository, (store) => store.users),
    ];
    const open = async (): Promise<Store> => {
      const store = new InMemoryStore(historyLimit, historyBytes);
      await store.open();
      return store;
    };
    return {
      module: RepositoryModule,
      providers: [{ provide: Store, useFactory: open }, ...parts],
      exports: [Store, ...parts.map(({ provide }) => provide)],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
