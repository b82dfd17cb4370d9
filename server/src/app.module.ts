import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AppsModule } from './apps/apps.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { DocsModule } from './docs/docs.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PreferencesModule } from './preferences/preferences.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { RepositoryModule } from './repository/repository.module.js';
import type { Store } from './repository/store.js';
import { StreamModule } from './stream/stream.module.js';

/** The root module, which imports all others. */
@Module({})
export class AppModule {
  static with(environment: Environment, store: Store): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(environment),
        RepositoryModule.with(store),
        AuthModule,
        AccountsModule,
        NotificationsModule,
        AppsModule,
        InboxModule,
        PreferencesModule,
        ReceiptsModule,
        GatewayModule,
        StreamModule,
        OperationsModule,
        DocsModule,
      ],
    };
  }
}
