import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { InfoController } from './info.controller.js';

@Module({ controllers: [HealthController, InfoController] })
export class OperationsModule {}
