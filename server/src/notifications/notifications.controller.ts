import { Body, Controller, Delete, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ApiErrors } from '../docs/api-errors.js';
import { OneOrManyPipe } from '../validation/one-or-many.pipe.js';
import { ApiSend } from './api-send.js';
import { NotificationDto } from './notification-answers.js';
import { NotificationIdParam } from './notification-id.param.js';
import { NotificationsService } from './notifications.service.js';
import { BATCH_MAX, SEND_BODY_LIMIT, SendNotificationDto } from './send-notification.dto.js';

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard)
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Post('send')
  @RouteConfig({ bodyLimit: SEND_BODY_LIMIT })
  @ApiSend()
  @ApiErrors(400, 401, 403, 413)
  send(
    @Body(new OneOrManyPipe(SendNotificationDto, BATCH_MAX)) drafts: SendNotificationDto | SendNotificationDto[],
    @CurrentUser() { username }: Principal,
  ): Promise<NotificationDto | NotificationDto[]> {
    return Array.isArray(drafts) ? this.notifications.sendAll(drafts, username) : this.notifications.send(drafts, username);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take back', description: 'It leaves every inbox. For its sender, and for administrators.' })
  @ApiNoContentResponse()
  @ApiErrors(400, 401, 403, 404)
  retract(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.notifications.retract(id, username);
  }
}
