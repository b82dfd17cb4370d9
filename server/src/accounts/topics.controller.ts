import { Controller, Delete, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MembershipDto } from '../auth/auth-answers.js';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { AccountsService } from './accounts.service.js';
import { TopicParam } from './topic.param.js';

/** Topics of the signed-in user. */
@ApiTags('auth')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('auth/me/topics')
export class TopicsController {
  constructor(private readonly accounts: AccountsService) {}

  @Put(':topic')
  @ApiOperation({
    summary: 'Subscribe to a topic',
    description: 'Open connections join its channel at once. Doing it again changes nothing.',
  })
  @ApiOkResponse({ type: MembershipDto })
  @ApiErrors(400, 401, 409, 429)
  subscribe(@Param() { topic }: TopicParam, @CurrentUser() { username }: Principal): Promise<MembershipDto> {
    return this.accounts.subscribe(username, topic);
  }

  @Delete(':topic')
  @ApiOperation({ summary: 'Unsubscribe from a topic', description: 'Open connections leave its channel at once.' })
  @ApiOkResponse({ type: MembershipDto })
  @ApiErrors(400, 401, 429)
  unsubscribe(@Param() { topic }: TopicParam, @CurrentUser() { username }: Principal): Promise<MembershipDto> {
    return this.accounts.unsubscribe(username, topic);
  }
}
