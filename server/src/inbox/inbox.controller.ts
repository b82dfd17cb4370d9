import { CHANGE_MATCHES_MAX } from '@herald/protocol';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ReaderGuard } from '../auth/reader.guard.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { PAGE_SIZE } from '../notifications/first-page.js';
import { NotificationIdParam } from '../notifications/notification-id.param.js';
import { ChangeManyDto, selectionOf } from './change-many.dto.js';
import { InboxChangedDto, InboxItemDto, InboxPageDto } from './inbox-answers.js';
import { InboxService } from './inbox.service.js';
import { ListInboxQuery } from './list-inbox.query.js';
import { changeOf, StateChangeDto } from './state-change.dto.js';

const SHOWN = 'All of your tabs and browsers show the change at once.';
const IN_PARTS = `A request changes the newest ${CHANGE_MATCHES_MAX} of them; if the answer has \`nextUpTo\`, repeat the request`;
const MANY = `Changes the notifications with these ids, or all that match a filter. ${IN_PARTS} with this as \`upTo\`. ${SHOWN}`;
const ALL = `Marks the unread notifications in your inbox as read. ${IN_PARTS}. ${SHOWN}`;
const MANY_EXAMPLES = {
  filter: {
    summary: 'All of a category',
    value: { read: true, filter: { category: 'test' }, upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' },
  },
  ids: { summary: 'Some by id', value: { read: true, ids: ['01932c07-6c4e-7000-8000-000000000000'] } },
};

@ApiTags('inbox')
@ApiBearerAuth()
@Controller('notifications')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @Get()
  @UseGuards(ReaderGuard)
  @ApiOperation({
    summary: 'List your inbox, newest first',
    description: `Notifications must match all filters. ${PAGE_SIZE}`,
  })
  @ApiOkResponse({ type: InboxPageDto })
  @ApiErrors(400, 401)
  listInbox(
    @Query() { limit, before, ...filter }: ListInboxQuery,
    @CurrentUser() { username }: Principal,
  ): Promise<InboxPageDto> {
    return this.inbox.page(username, { filter, limit, before });
  }

  @Get(':id')
  @UseGuards(ReaderGuard)
  @ApiOperation({ summary: 'Get one of your notifications' })
  @ApiOkResponse({ type: InboxItemDto })
  @ApiErrors(400, 401, 404)
  getNotification(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<InboxItemDto> {
    return this.inbox.find(username, id);
  }

  @Patch(':id')
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiOperation({ summary: 'Mark a notification as read, archived or snoozed', description: SHOWN })
  @ApiOkResponse({ type: InboxItemDto })
  @ApiErrors(400, 401, 404, 413, 429)
  changeNotification(
    @Param() { id }: NotificationIdParam,
    @Body() change: StateChangeDto,
    @CurrentUser() { username }: Principal,
  ): Promise<InboxItemDto> {
    return this.inbox.changeOne(username, id, changeOf(change));
  }

  @Post('state')
  @HttpCode(200)
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiOperation({ summary: 'Mark many notifications as read, archived or snoozed', description: MANY })
  @ApiBody({ type: ChangeManyDto, examples: MANY_EXAMPLES })
  @ApiOkResponse({ type: InboxChangedDto })
  @ApiErrors(400, 401, 413, 429)
  changeNotifications(@Body() body: ChangeManyDto, @CurrentUser() { username }: Principal): Promise<InboxChangedDto> {
    return this.inbox.change(username, selectionOf(body), changeOf(body));
  }

  @Post('read-all')
  @HttpCode(200)
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiOperation({ summary: 'Mark all notifications in your inbox as read', description: ALL })
  @ApiOkResponse({ type: InboxChangedDto })
  @ApiErrors(401, 429)
  readAllNotifications(@CurrentUser() { username }: Principal): Promise<InboxChangedDto> {
    return this.inbox.readAll(username);
  }
}
