import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { ApiErrors } from '../docs/api-errors.js';
import { RecipientsDto, RecipientsQuery } from './recipients.dto.js';
import { RecipientsService } from './recipients.service.js';

const DESCRIPTION = `Administrators get all users, roles and topics. Other users get the topics that they follow; they may send to
users as well, but do not learn the names.`;

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard)
@Controller('recipients')
export class RecipientsController {
  constructor(private readonly recipients: RecipientsService) {}

  @Get()
  @ApiOperation({ summary: 'Find recipients', description: DESCRIPTION })
  @ApiOkResponse({ type: RecipientsDto })
  @ApiErrors(400, 401)
  findRecipients(@Query() { q }: RecipientsQuery, @CurrentUser() { username }: Principal): Promise<RecipientsDto> {
    return this.recipients.find(username, q);
  }
}
