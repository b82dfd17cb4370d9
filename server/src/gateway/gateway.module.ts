import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { FrameDispatcher } from './frame-dispatcher.js';
import { Greeting } from './greeting.js';
import { Upgrade } from './upgrade/upgrade.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsGateway } from './ws.gateway.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

@Module({
  imports: [AuthModule, DeliveryModule, ConnectionsModule],
  providers: [WsGateway, WsJwtGuard, WsErrorFilter, FrameDispatcher, Greeting, Upgrade],
})
export class GatewayModule {}
