import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { StreamController } from './stream.controller.js';
import { StreamService } from './stream.service.js';
import { Streams } from './streams.js';

@Module({
  imports: [AuthModule, DeliveryModule, ConnectionsModule, GatewayModule],
  controllers: [StreamController],
  providers: [StreamService, Streams],
})
export class StreamModule {}
