import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { ConnectionSweep } from './connection-sweep.js';
import { ClientAddress } from './client-address.js';
import { ConnectionLimits } from './connection-limits.js';
import { Connections } from './connections.js';
import { Memberships } from './memberships.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsGateway } from './ws.gateway.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

@Module({
  imports: [AuthModule, DeliveryModule],
  providers: [
    WsGateway,
    WsJwtGuard,
    WsErrorFilter,
    Connections,
    ConnectionLimits,
    ClientAddress,
    ConnectionSweep,
    Memberships,
  ],
  exports: [ConnectionLimits, Memberships],
})
export class GatewayModule {}
