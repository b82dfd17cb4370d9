import { Module } from '@nestjs/common';
import { DeliveryEngine } from './delivery-engine.js';
import { eventLoopTurns, TURNS } from './schedule/turns.js';

@Module({ providers: [DeliveryEngine, { provide: TURNS, useValue: eventLoopTurns }], exports: [DeliveryEngine] })
export class DeliveryModule {}
