import { Module } from '@nestjs/common';
import { ConnectionLimits } from './connection-limits.js';

@Module({ providers: [ConnectionLimits], exports: [ConnectionLimits] })
export class ConnectionsModule {}
