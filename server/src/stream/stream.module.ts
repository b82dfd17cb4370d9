import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { StreamController } from './stream.controller.js';
import { StreamService } from './stream.service.js';

@Module({
  imports: [AuthModule, DeliveryModule, ConnectionsModule],
  controllers: [StreamController],
  providers: [StreamService],
})
export class StreamModule {}
