import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceivedEntries } from './received-entries.js';
import { ReceiptsService } from './receipts.service.js';

@Module({
  imports: [AuthModule, DeliveryModule, InboxModule],
  controllers: [ReceiptsController],
  providers: [ReceivedEntries, ReceiptsService],
})
export class ReceiptsModule {}
