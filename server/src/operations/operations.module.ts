import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { ConnectionsController } from './connections.controller.js';
import { HealthController } from './health.controller.js';
import { InfoController } from './info.controller.js';
import { OpenConnections } from './open-connections.js';

@Module({
  imports: [AuthModule, ConnectionsModule],
  controllers: [HealthController, InfoController, ConnectionsController],
  providers: [OpenConnections],
})
export class OperationsModule {}
