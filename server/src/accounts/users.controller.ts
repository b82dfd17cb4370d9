import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AdminGuard } from '../auth/admin.guard.js';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { AccountDto } from './account-answers.js';
import { AccountsService } from './accounts.service.js';
import { ChangeUserDto } from './change-user.dto.js';
import { CreateUserDto } from './create-user.dto.js';
import { ListUsersQuery } from './list-users.query.js';
import { UsernameParam } from './username.param.js';

const REMOVAL = `Its tokens are revoked and its connections closed at once. Its preferences, its scheduled notifications and its inbox
are removed. The notifications that it has sent stay with their recipients. Its name can't be used again.`;

/** The accounts, for administrators. */
@ApiTags('users')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard, AdminGuard)
@Controller('users')
export class UsersController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @ApiOperation({
    summary: 'List accounts by name',
    description: 'If the page is full, ask for the accounts after its last name.',
  })
  @ApiOkResponse({ type: [AccountDto] })
  @ApiErrors(400, 401, 403)
  listUsers(@Query() { limit, after, q }: ListUsersQuery): Promise<AccountDto[]> {
    return this.accounts.list(limit, after, q);
  }

  @Post()
  @ApiOperation({ summary: 'Create an account' })
  @ApiCreatedResponse({ type: AccountDto })
  @ApiErrors(400, 401, 403, 409, 413, 429, 503)
  createUser(@Body() { username, password, roles, topics }: CreateUserDto): Promise<AccountDto> {
    return this.accounts.create(username, password, roles, topics);
  }

  @Patch(':username')
  @ApiOperation({
    summary: 'Change the roles, topics or password of an account',
    description: 'Its open connections join and leave channels at once. A new password revokes its tokens.',
  })
  @ApiOkResponse({ type: AccountDto })
  @ApiErrors(400, 401, 403, 404, 413, 429, 503)
  changeUser(
    @Param() { username }: UsernameParam,
    @Body() change: ChangeUserDto,
    @CurrentUser() me: Principal,
  ): Promise<AccountDto> {
    return this.accounts.change(username, change, me.username);
  }

  @Delete(':username')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an account', description: REMOVAL })
  @ApiNoContentResponse()
  @ApiErrors(401, 403, 404, 429)
  removeUser(@Param() { username }: UsernameParam, @CurrentUser() me: Principal): Promise<void> {
    return this.accounts.remove(username, me.username);
  }
}
