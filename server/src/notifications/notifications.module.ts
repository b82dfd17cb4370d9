import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Expiry } from './expiry.js';
import { HistoryAge } from './history-age.js';
import { Idempotency } from './idempotency.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsService } from './notifications.service.js';
import { RecipientsController } from './recipients.controller.js';
import { RecipientsService } from './recipients.service.js';
import { Schedule } from './schedule.js';
import { ScheduledController } from './scheduled.controller.js';
import { SendAllowance } from './send-allowance.js';
import { Sending } from './sending.js';

@Module({
  imports: [AuthModule],
  controllers: [NotificationsController, RecipientsController, ScheduledController],
  providers: [
    Expiry,
    HistoryAge,
    Idempotency,
    NotificationsService,
    RecipientsService,
    Schedule,
    SendAllowance,
    Sending,
  ],
})
export class NotificationsModule {}
