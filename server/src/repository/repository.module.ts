import { type DynamicModule, Global, Module } from '@nestjs/common';
import { InMemoryNotificationRepository } from './in-memory/in-memory-notification-repository.js';
import { InMemoryPreferencesRepository } from './in-memory/in-memory-preferences-repository.js';
import { InMemoryUserRepository } from './in-memory/in-memory-user-repository.js';
import { NotificationRepository } from './notification-repository.js';
import { PreferencesRepository } from './preferences-repository.js';
import { UserRepository } from './user-repository.js';

/** The one set of repositories that the modules share. */
@Global()
@Module({})
export class RepositoryModule {
  static inMemory(historyLimit: number): DynamicModule {
    return {
      module: RepositoryModule,
      providers: [
        { provide: NotificationRepository, useFactory: () => new InMemoryNotificationRepository(historyLimit) },
        { provide: PreferencesRepository, useFactory: () => new InMemoryPreferencesRepository() },
        { provide: UserRepository, useFactory: () => new InMemoryUserRepository() },
      ],
      exports: [NotificationRepository, PreferencesRepository, UserRepository],
    };
  }
}
