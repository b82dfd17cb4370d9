import { type DynamicModule, Global, Module } from '@nestjs/common';
import { InboxRepository } from './inbox-repository.js';
import { InMemoryInboxRepository } from './in-memory/in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory/in-memory-notification-repository.js';
import { InMemoryPreferencesRepository } from './in-memory/in-memory-preferences-repository.js';
import { InMemoryReceiptRepository } from './in-memory/in-memory-receipt-repository.js';
import { InMemoryScheduledRepository } from './in-memory/in-memory-scheduled-repository.js';
import { InMemoryUserRepository } from './in-memory/in-memory-user-repository.js';
import { NotificationRepository } from './notification-repository.js';
import { PreferencesRepository } from './preferences-repository.js';
import { ReceiptRepository } from './receipt-repository.js';
import { ScheduledRepository } from './scheduled-repository.js';
import { UserRepository } from './user-repository.js';

/** The one set of repositories that the modules share. */
@Global()
@Module({})
export class RepositoryModule {
  static inMemory(historyLimit: number, historyBytes: number): DynamicModule {
    const log = new InMemoryNotificationRepository(historyLimit, historyBytes);
    return {
      module: RepositoryModule,
      providers: [
        { provide: NotificationRepository, useFactory: () => log },
        { provide: InboxRepository, useFactory: () => new InMemoryInboxRepository(log) },
        { provide: PreferencesRepository, useFactory: () => new InMemoryPreferencesRepository() },
        { provide: ReceiptRepository, useFactory: () => new InMemoryReceiptRepository(log) },
        { provide: ScheduledRepository, useFactory: () => new InMemoryScheduledRepository() },
        { provide: UserRepository, useFactory: () => new InMemoryUserRepository() },
      ],
      exports: [
        InboxRepository,
        NotificationRepository,
        PreferencesRepository,
        ReceiptRepository,
        ScheduledRepository,
        UserRepository,
      ],
    };
  }
}
