import { Body, Controller, Delete, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ApiErrors } from '../docs/api-errors.js';
import { OneOrManyPipe } from '../validation/one-or-many.pipe.js';
import { InvalidRequestError } from '../validation/validation.pipe.js';
import { ApiSend } from './api-send.js';
import { Idempotency } from './idempotency.js';
import { IdempotencyKey } from './idempotency-key.js';
import { NotificationDto } from './notification-answers.js';
import { NotificationIdParam } from './notification-id.param.js';
import { NotificationsService } from './notifications.service.js';
import { ScheduledNotificationDto } from './scheduled-answers.js';
import { Schedule } from './schedule.js';
import { SendAllowance } from './send-allowance.js';
import { BATCH_MAX, SEND_BODY_LIMIT, SendNotificationDto } from './send-notification.dto.js';

@ApiBearerAuth()
@UseGuards(JwtAuthGuard)
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly schedule: Schedule,
    private readonly idempotency: Idempotency,
    private readonly allowance: SendAllowance,
  ) {}

  @Post('send')
  @ApiTags('notifications')
  @RouteConfig({ bodyLimit: SEND_BODY_LIMIT, itemsMax: BATCH_MAX })
  @ApiSend()
  @ApiErrors(400, 401, 403, 409, 413, 429)
  async send(
    @Body(new OneOrManyPipe(SendNotificationDto, BATCH_MAX)) drafts: SendNotificationDto | SendNotificationDto[],
    @CurrentUser() { username: sender }: Principal,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationDto | NotificationDto[] | ScheduledNotificationDto> {
    const send = (): ReturnType<typeof this.send> => this.#send(drafts, sender);
    const answer = await (key === undefined ? send() : this.idempotency.once({ sender, key, body: drafts }, send));
    if ('deliverAt' in answer) reply.status(202);
    return answer;
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiTags('receipts')
  @ApiOperation({ summary: 'Take back', description: 'It leaves every inbox. For its sender, and for administrators.' })
  @ApiNoContentResponse()
  @ApiErrors(400, 401, 403, 404)
  retract(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.notifications.retract(id, username);
  }

  async #send(drafts: SendNotificationDto | SendNotificationDto[], sender: string): ReturnType<typeof this.send> {
    await this.allowance.take(sender, Array.isArray(drafts) ? drafts.length : 1);
    if (Array.isArray(drafts)) return this.notifications.sendAll(allForNow(drafts), sender);
    const { deliverAt } = drafts;
    return deliverAt === undefined ? this.notifications.send(drafts, sender) : this.schedule.add(drafts, deliverAt, sender);
  }
}

/** @throws InvalidRequestError where one is to be sent later: of many, all are stored now or none */
function allForNow(drafts: SendNotificationDto[]): SendNotificationDto[] {
  const later = drafts.flatMap(({ deliverAt }, index) => (deliverAt === undefined ? [] : [`[${index}].deliverAt`]));
  if (later.length > 0) throw new InvalidRequestError(later.slice(0, 1).map((field) => ({ field, reason: 'deliverAt is for one at a time' })));
  return drafts;
}
