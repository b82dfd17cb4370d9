import { type DynamicModule, Global, Module } from '@nestjs/common';
import { InMemoryNotificationRepository } from './in-memory/in-memory-notification-repository.js';
import { InMemoryUserRepository } from './in-memory/in-memory-user-repository.js';
import { NotificationRepository } from './notification-repository.js';
import { UserRepository } from './user-repository.js';

/** The one set of repositories that AuthModule, NotificationsModule and the gateway share. */
@Global()
@Module({})
export class RepositoryModule {
  static inMemory(historyLimit: number): DynamicModule {
    return {
      module: RepositoryModule,
      providers: [
        { provide: NotificationRepository, useFactory: () => new InMemoryNotificationRepository(historyLimit) },
        { provide: UserRepository, useFactory: () => new InMemoryUserRepository() },
      ],
      exports: [NotificationRepository, UserRepository],
    };
  }
}
