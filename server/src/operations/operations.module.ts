import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { ConnectionsController } from './connections.controller.js';
import { HealthController } from './health.controller.js';
import { InfoController } from './info.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import { OpenConnections } from './open-connections.js';
import { Readiness } from './readiness.js';

@Module({
  imports: [AuthModule, ConnectionsModule, DeliveryModule],
  controllers: [HealthController, InfoController, ConnectionsController, MetricsController],
  providers: [OpenConnections, Metrics, Readiness],
})
export class OperationsModule {}
