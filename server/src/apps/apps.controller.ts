import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { PAGE_SIZE } from '../notifications/first-page.js';
import { AppDto, AppPageDto, AppWithKeyDto } from './app-answers.js';
import { AppIdParam } from './app-id.param.js';
import { AppsService } from './apps.service.js';
import { ChangeAppDto } from './change-app.dto.js';
import { CreateAppDto } from './create-app.dto.js';
import { ListAppsQuery } from './list-apps.query.js';
import { RotateAppDto } from './rotate-app.dto.js';

const CREATION = `The answer has the key, which is shown only once. A key with the scope \`read\` lets a program read your own
notifications, and does not expire by default. An app that sends does so by the rights of its owner: if you stop following a
topic, it can no longer send to it. A notification without an audience still goes to the rest of the app's audience.`;
const REMOVAL = `Its keys are refused within a second, by every server. Its scheduled notifications are removed; those that it has sent
stay with their recipients, and its owner may still follow and retract them. Its name can't be used again.`;
const ROTATION = `The answer has the new key. The key until now stays valid for a day; meanwhile another rotation is refused with
\`previous_key_valid\`, unless \`replaces\` says which of the two keys may end. If a new key was lost, \`current\` makes it again and
ends no key that a program has. Administrators may do this for apps that send.`;

/** Programs with keys of their own. */
@ApiTags('apps')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('apps')
export class AppsController {
  constructor(private readonly apps: AppsService) {}

  @Post()
  @ApiOperation({ summary: 'Create an app and its key', description: CREATION })
  @ApiCreatedResponse({ type: AppWithKeyDto })
  @ApiErrors(400, 401, 403, 409, 413, 429)
  createApp(
    @Body() { name, scope, ...fields }: CreateAppDto,
    @CurrentUser() { username }: Principal,
  ): Promise<AppWithKeyDto> {
    return this.apps.create(name, scope, fields, username);
  }

  @Get()
  @ApiOperation({ summary: 'List your apps', description: `Administrators get those of all owners. ${PAGE_SIZE}` })
  @ApiOkResponse({ type: AppPageDto })
  @ApiErrors(400, 401)
  listApps(@Query() { limit, after }: ListAppsQuery, @CurrentUser() { username }: Principal): Promise<AppPageDto> {
    return this.apps.list(username, limit, after);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an app, with its last use' })
  @ApiOkResponse({ type: AppDto })
  @ApiErrors(401, 404)
  getApp(@Param() { id }: AppIdParam, @CurrentUser() { username }: Principal): Promise<AppDto> {
    return this.apps.get(id, username);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change the audience, defaults or expiry of an app',
    description: 'Null, false and an empty list remove a field.',
  })
  @ApiOkResponse({ type: AppDto })
  @ApiErrors(400, 401, 403, 404, 413, 429)
  changeApp(
    @Param() { id }: AppIdParam,
    @Body() change: ChangeAppDto,
    @CurrentUser() { username }: Principal,
  ): Promise<AppDto> {
    return this.apps.change(id, change, username);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give an app another key', description: ROTATION })
  @ApiBody({ type: RotateAppDto, required: false })
  @ApiOkResponse({ type: AppWithKeyDto })
  @ApiErrors(400, 401, 403, 404, 409, 413, 429)
  rotateAppKey(
    @Param() { id }: AppIdParam,
    @CurrentUser() { username }: Principal,
    @Body() { replaces }: RotateAppDto = {},
  ): Promise<AppWithKeyDto> {
    return this.apps.rotate(id, username, replaces);
  }

  @Delete(':id/previous-key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke the key before the last rotation',
    description: 'Every server refuses it within a second. The present key stays valid.',
  })
  @ApiNoContentResponse()
  @ApiErrors(401, 404, 429)
  removePreviousKey(@Param() { id }: AppIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.apps.removePreviousKey(id, username);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an app and revoke its keys', description: REMOVAL })
  @ApiNoContentResponse()
  @ApiErrors(401, 404, 429)
  removeApp(@Param() { id }: AppIdParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.apps.remove(id, username);
  }
}
