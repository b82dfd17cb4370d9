import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { ChannelFollower } from './channel-follower.js';
import { ConnectionLimits } from './connection-limits.js';
import { Connections } from './connections.js';
import { Sweep } from './sweep.js';

@Module({
  imports: [AuthModule, DeliveryModule],
  providers: [Connections, ConnectionLimits, ChannelFollower, Sweep],
  exports: [Connections, ConnectionLimits, ChannelFollower],
})
export class ConnectionsModule {}
