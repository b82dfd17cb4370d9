import { Body, Controller, Get, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ApiErrors } from '../docs/api-errors.js';
import { ListNotificationsQuery } from './list-notifications.query.js';
import { NotificationDto, NotificationPageDto } from './notification-answers.js';
import { NotificationsService } from './notifications.service.js';
import { SendNotificationDto } from './send-notification.dto.js';

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard)
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Post('send')
  @ApiOperation({ summary: 'Send to everyone', description: 'Answered once it is stored; all who are connected receive it.' })
  @ApiCreatedResponse({ type: NotificationDto })
  @ApiErrors(400, 401, 413)
  send(@Body() draft: SendNotificationDto, @CurrentUser() sender: Principal): Promise<NotificationDto> {
    return this.notifications.send(draft, sender.username);
  }

  @Get()
  @ApiOperation({ summary: 'My inbox, newest first' })
  @ApiOkResponse({ type: NotificationPageDto })
  @ApiErrors(400, 401)
  list(@Query() { limit, before }: ListNotificationsQuery): Promise<NotificationPageDto> {
    return this.notifications.list(limit, before);
  }
}
