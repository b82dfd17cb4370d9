import { Controller, Delete, Get, HttpCode, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { PAGE_SIZE } from './first-page.js';
import { ListScheduledQuery } from './list-scheduled.query.js';
import { NotificationIdParam } from './notification-id.param.js';
import { ScheduledPageDto } from './scheduled-answers.js';
import { Schedule } from './schedule.js';

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('notifications/scheduled')
export class ScheduledController {
  constructor(private readonly schedule: Schedule) {}

  @Get()
  @ApiOperation({
    summary: 'List your scheduled notifications and those of your apps, soonest first',
    description: `Administrators get those of all senders. ${PAGE_SIZE}`,
  })
  @ApiOkResponse({ type: ScheduledPageDto })
  @ApiErrors(400, 401)
  listScheduled(
    @Query() { limit, after }: ListScheduledQuery,
    @CurrentUser() { username }: Principal,
  ): Promise<ScheduledPageDto> {
    return this.schedule.list(username, limit, after);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Cancel a scheduled notification',
    description:
      'Its sender, the owner of the app that sent it and administrators may do this. To try it, send the example *Later* first.',
  })
  @ApiNoContentResponse()
  @ApiErrors(400, 401, 404, 429)
  cancelScheduled(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.schedule.cancel(id, username);
  }
}
