import { Controller, Delete, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { CurrentSender, type Sender } from '../auth/sender.js';
import { SenderGuard } from '../auth/sender.guard.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { ApiSend, ApiSendBatch } from './api-send.js';
import { IdempotencyKey } from './idempotency-key.js';
import { READ_FIELDS } from './lenient-draft.js';
import { NotificationDto } from './notification-answers.js';
import { NotificationIdParam } from './notification-id.param.js';
import { NotificationsService } from './notifications.service.js';
import { ScheduledNotificationDto } from './scheduled-answers.js';
import { BATCH_MAX, SEND_BODY_LIMIT } from './send-notification.dto.js';
import { Sending } from './sending.js';

@ApiBearerAuth()
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly sending: Sending,
    private readonly notifications: NotificationsService,
  ) {}

  @Post('send')
  @UseGuards(SenderGuard)
  @ApiTags('notifications')
  @RouteConfig({ bodyLimit: SEND_BODY_LIMIT, itemsMax: BATCH_MAX, takesForms: true, checkedFields: READ_FIELDS })
  @ApiSend()
  @ApiErrors(400, 401, 403, 409, 413, 429)
  async sendNotification(
    @Req() { body, bodyBytes, isForm }: FastifyRequest,
    @CurrentSender() sender: Sender,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationDto | NotificationDto[] | ScheduledNotificationDto> {
    const answer = await this.sending.send({ sender, key, body, bodyBytes, isForm });
    if ('deliverAt' in answer) reply.status(202);
    return answer;
  }

  @Post('batch')
  @UseGuards(SenderGuard)
  @ApiTags('notifications')
  @RouteConfig({ bodyLimit: SEND_BODY_LIMIT, itemsMax: BATCH_MAX, checkedFields: READ_FIELDS })
  @ApiSendBatch()
  @ApiErrors(400, 401, 403, 409, 413, 429)
  sendBatch(
    @Req() { body, bodyBytes }: FastifyRequest,
    @CurrentSender() sender: Sender,
    @IdempotencyKey() key: string | undefined,
  ): Promise<NotificationDto[]> {
    return this.sending.sendBatch({ sender, key, body, bodyBytes, isForm: false });
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiTags('receipts')
  @ApiOperation({
    summary: 'Retract a notification',
    description: 'It leaves every inbox. Its sender, the owner of the app that sent it and administrators may do this.',
  })
  @ApiNoContentResponse()
  @ApiErrors(400, 401, 403, 404, 429)
  retractNotification(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.notifications.retract(id, username);
  }
}
