import { ACTIONS_MAX } from '@herald/protocol';
import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { InboxItemDto } from '../inbox/inbox-answers.js';
import { PageQuery } from '../inbox/list-inbox.query.js';
import { PAGE_SIZE } from '../notifications/first-page.js';
import { NotificationIdParam } from '../notifications/notification-id.param.js';
import { IsIntBetween } from '../validation/sizes.js';
import { AnsweredDto, ReceiptsDto, SentPageDto } from './receipts-answers.js';
import { ReceiptsService } from './receipts.service.js';

class ActionParam extends NotificationIdParam {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: ACTIONS_MAX - 1,
    example: 0,
    description: 'Index of the action, from 0',
  })
  @IsIntBetween(0, ACTIONS_MAX - 1)
  @Type(() => Number)
  index!: number;
}

@ApiTags('receipts')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('notifications')
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsService) {}

  @Get('sent')
  @ApiOperation({
    summary: 'List the notifications that you and your apps have sent, newest first',
    description: PAGE_SIZE,
  })
  @ApiOkResponse({ type: SentPageDto })
  @ApiErrors(400, 401)
  listSent(@Query() { limit, before }: PageQuery, @CurrentUser() { username }: Principal): Promise<SentPageDto> {
    return this.receipts.sent(username, limit, before);
  }

  @Get(':id/receipts')
  @ApiOperation({
    summary: 'Get the receipts of a notification',
    description:
      'Its sender, the owner of the app that sent it and administrators may do this. If the recipients are few, administrators see the names of all, and other senders those of the users in the audience.',
  })
  @ApiOkResponse({ type: ReceiptsDto })
  @ApiErrors(400, 401, 404)
  getReceipts(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<ReceiptsDto> {
    return this.receipts.of(id, username);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm a notification',
    description: 'Tells the sender that you have seen it. The notification must have `requiresAck`.',
  })
  @ApiOkResponse({ type: InboxItemDto })
  @ApiErrors(400, 401, 404, 409, 429)
  acknowledgeNotification(
    @Param() { id }: NotificationIdParam,
    @CurrentUser() { username }: Principal,
  ): Promise<InboxItemDto> {
    return this.receipts.acknowledge(username, id);
  }

  @Post(':id/actions/:index')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Choose an action of a notification',
    description:
      'The action must have an event. The sender sees your choice. A later choice replaces it, and the sender sees both.',
  })
  @ApiOkResponse({ type: AnsweredDto })
  @ApiErrors(400, 401, 404, 429)
  chooseAction(@Param() { id, index }: ActionParam, @CurrentUser() { username }: Principal): Promise<AnsweredDto> {
    return this.receipts.act(username, id, index);
  }
}
