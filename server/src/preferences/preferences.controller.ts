import { Body, Controller, Get, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { PreferencesAnswerDto, PreferencesDto } from './preferences.dto.js';
import { PreferencesService } from './preferences.service.js';
import { SavedFiltersDto } from './saved-filter.dto.js';

@ApiTags('preferences')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('preferences')
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @Get()
  @ApiOperation({ summary: 'Get your preferences' })
  @ApiOkResponse({ type: PreferencesAnswerDto })
  @ApiErrors(401)
  getPreferences(@CurrentUser() { username }: Principal): Promise<PreferencesAnswerDto> {
    return this.preferences.of(username);
  }

  @Put()
  @ApiOperation({
    summary: 'Replace your preferences',
    description: 'Without `filters`, the saved filters stay as they are.',
  })
  @ApiOkResponse({ type: PreferencesDto })
  @ApiBody({ type: PreferencesDto })
  @ApiErrors(400, 401, 409, 413, 429)
  changePreferences(
    @Body() preferences: PreferencesAnswerDto,
    @CurrentUser() { username }: Principal,
  ): Promise<PreferencesDto> {
    // Clients send back the answer that they read, including this flag.
    delete preferences.untouched;
    return this.preferences.change(username, preferences);
  }

  @Put('filters')
  @ApiOperation({
    summary: 'Replace your saved filters',
    description: 'The other preferences stay as they are.',
  })
  @ApiOkResponse({ type: PreferencesDto })
  @ApiErrors(400, 401, 409, 413, 429)
  saveFilters(@Body() saved: SavedFiltersDto, @CurrentUser() { username }: Principal): Promise<PreferencesDto> {
    return this.preferences.change(username, saved);
  }
}
