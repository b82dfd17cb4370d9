import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Expiry } from './expiry.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [AuthModule],
  controllers: [NotificationsController],
  providers: [Expiry, NotificationsService],
})
export class NotificationsModule {}
