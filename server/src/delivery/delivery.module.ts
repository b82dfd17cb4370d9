import { Module } from '@nestjs/common';
import { DeliveryEngine } from './delivery-engine.js';
import { HeadCheck } from './head-check.js';
import { eventLoopTurns, TURNS } from './schedule/turns.js';

@Module({
  providers: [DeliveryEngine, HeadCheck, { provide: TURNS, useValue: eventLoopTurns }],
  exports: [DeliveryEngine],
})
export class DeliveryModule {}
