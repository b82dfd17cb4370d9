import { Module } from '@nestjs/common';
import { DeliveryEngine } from './delivery-engine.js';

@Module({ providers: [DeliveryEngine], exports: [DeliveryEngine] })
export class DeliveryModule {}
