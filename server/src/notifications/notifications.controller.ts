import { Body, Controller, Delete, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ApiErrors } from '../docs/api-errors.js';
import { NotificationDto } from './notification-answers.js';
import { NotificationIdParam } from './notification-id.param.js';
import { NotificationsService } from './notifications.service.js';
import { SendNotificationDto } from './send-notification.dto.js';

const SEND = `Answered once it is stored; those of the audience who are connected receive it at once. An administrator may
send to anyone; everybody else to users, and to topics that they have subscribed to.`;

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard)
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Post('send')
  @ApiOperation({ summary: 'Send', description: SEND })
  @ApiCreatedResponse({ type: NotificationDto })
  @ApiErrors(400, 401, 403, 413)
  send(@Body() draft: SendNotificationDto, @CurrentUser() sender: Principal): Promise<NotificationDto> {
    return this.notifications.send(draft, sender.username);
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
