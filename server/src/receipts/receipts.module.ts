import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { AudienceCount } from './audience-count.js';
import { ReceiptKeeper } from './receipt-keeper.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsService } from './receipts.service.js';

@Module({
  imports: [AuthModule, DeliveryModule, InboxModule],
  controllers: [ReceiptsController],
  providers: [AudienceCount, ReceiptKeeper, ReceiptsService],
})
export class ReceiptsModule {}
