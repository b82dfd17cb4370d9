import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { Readers } from './readers.js';
import { SnoozeAlarm } from './snooze-alarm.js';

@Module({
  imports: [AuthModule],
  controllers: [InboxController],
  exports: [InboxService],
  providers: [InboxService, Readers, SnoozeAlarm],
})
export class InboxModule {}
