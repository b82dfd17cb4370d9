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

/** The topics that the signed-in user follows. */
@ApiTags('auth')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('auth/me/topics')
export class TopicsController {
  constructor(private readonly accounts: AccountsService) {}

  @Put(':topic')
  @ApiOperation({
    summary: 'Follow a topic',
    description: 'My open connections join its channel at once. To follow it again changes nothing.',
  })
  @ApiOkResponse({ type: MembershipDto })
  @ApiErrors(400, 401, 409, 429)
  followTopic(@Param() { topic }: TopicParam, @CurrentUser() { username }: Principal): Promise<MembershipDto> {
    return this.accounts.followTopic(username, topic);
  }

  @Delete(':topic')
  @ApiOperation({ summary: 'Unfollow a topic', description: 'My open connections leave its channel at once.' })
  @ApiOkResponse({ type: MembershipDto })
  @ApiErrors(400, 401, 429)
  unfollowTopic(@Param() { topic }: TopicParam, @CurrentUser() { username }: Principal): Promise<MembershipDto> {
    return this.accounts.unfollowTopic(username, topic);
  }
}
