import { CHANGE_MATCHES_MAX } from '@herald/protocol';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { PAGE_SIZE } from '../notifications/first-page.js';
import { NotificationIdParam } from '../notifications/notification-id.param.js';
import { ChangeManyDto, selectionOf } from './change-many.dto.js';
import { InboxChangedDto, InboxItemDto, InboxPageDto } from './inbox-answers.js';
import { InboxService } from './inbox.service.js';
import { ListInboxQuery } from './list-inbox.query.js';
import { changeOf, StateChangeDto } from './state-change.dto.js';

const FOLLOWED = 'Every tab and browser of mine follows at once.';
const PARTS = `One request changes the newest ${CHANGE_MATCHES_MAX}; \`nextUpTo\` in the answer says that there are more.`;
const READ_PARTS = `One request reads the newest ${CHANGE_MATCHES_MAX}; if the answer has \`nextUpTo\`, send it again for the older ones.`;
const MANY = `Of those that are named, or of all that match a filter as in the list. ${PARTS} ${FOLLOWED}`;
const MANY_EXAMPLES = {
  filter: {
    summary: 'All of a category',
    value: { read: true, filter: { category: 'test' }, upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' },
  },
  ids: { summary: 'Some by name', value: { read: true, ids: ['01932c07-6c4e-7000-8000-000000000000'] } },
};

@ApiTags('inbox')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('notifications')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @Get()
  @ApiOperation({
    summary: 'My inbox, newest first',
    description: `Notifications must match all filters. ${PAGE_SIZE}`,
  })
  @ApiOkResponse({ type: InboxPageDto })
  @ApiErrors(400, 401)
  list(
    @Query() { limit, before, ...filter }: ListInboxQuery,
    @CurrentUser() { username }: Principal,
  ): Promise<InboxPageDto> {
    return this.inbox.page(username, { filter, limit, before });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of my notifications' })
  @ApiOkResponse({ type: InboxItemDto })
  @ApiErrors(400, 401, 404)
  find(@Param() { id }: NotificationIdParam, @CurrentUser() { username }: Principal): Promise<InboxItemDto> {
    return this.inbox.find(username, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Read, archive or snooze one', description: FOLLOWED })
  @ApiOkResponse({ type: InboxItemDto })
  @ApiErrors(400, 401, 404, 413, 429)
  changeOne(
    @Param() { id }: NotificationIdParam,
    @Body() change: StateChangeDto,
    @CurrentUser() { username }: Principal,
  ): Promise<InboxItemDto> {
    return this.inbox.changeOne(username, id, changeOf(change));
  }

  @Post('state')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read, archive or snooze many', description: MANY })
  @ApiBody({ type: ChangeManyDto, examples: MANY_EXAMPLES })
  @ApiOkResponse({ type: InboxChangedDto })
  @ApiErrors(400, 401, 413, 429)
  changeMany(@Body() body: ChangeManyDto, @CurrentUser() { username }: Principal): Promise<InboxChangedDto> {
    return this.inbox.change(username, selectionOf(body), changeOf(body));
  }

  @Post('read-all')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read all that is unread in the inbox by now', description: `${READ_PARTS} ${FOLLOWED}` })
  @ApiOkResponse({ type: InboxChangedDto })
  @ApiErrors(401, 429)
  readAll(@CurrentUser() { username }: Principal): Promise<InboxChangedDto> {
    return this.inbox.readAll(username);
  }
}
