import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AppTemplatesController } from './app-templates.controller.js';
import { AppTemplatesService } from './app-templates.service.js';
import { AppsController } from './apps.controller.js';
import { AppsService } from './apps.service.js';

@Module({
  imports: [AuthModule],
  controllers: [AppsController, AppTemplatesController],
  providers: [AppsService, AppTemplatesService],
})
export class AppsModule {}
