import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/current-user.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import type { Principal } from '../auth/principal.js';
import { WriteGuard } from '../auth/write.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import type { ExpectedTemplate } from '../repository/app-template-repository.js';
import { AppIdParam } from './app-id.param.js';
import { AppTemplateDto, AppTemplateListDto, TemplatePreviewDto } from './app-template-answers.js';
import { AppTemplateParam, NewAppTemplateParam } from './app-template.param.js';
import { AppTemplateDraftDto } from './app-template.dto.js';
import { AppTemplatesService } from './app-templates.service.js';
import { Expected } from './expected-template.js';

const LANGUAGE = `\`POST /hooks/{key}/{name}\` then makes notifications of the webhooks of any program. The texts are in the language of
Mustache: \`{{path.to}}\` is a value of the payload, \`{{#list}}…{{/list}}\` repeats for each item of a list and \`{{^list}}…{{/list}}\`
stands where there is none. Values stay as they are in plain text. In the message of an app with Markdown they are escaped, except in triple braces: those
are also for code, where escapes would be seen, and \`[{{name}}]({{address}})\` makes a link.
Partials and other delimiters are refused. The \`params\` of a fault have its \`position\` in the text.`;

/** Templates by which an app makes notifications of the webhooks of any program. */
@ApiTags('apps')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, WriteGuard)
@Controller('apps/:id/templates')
export class AppTemplatesController {
  constructor(private readonly templates: AppTemplatesService) {}

  @Get()
  @ApiOperation({ summary: 'List the templates of an app', description: 'Without their examples.' })
  @ApiOkResponse({ type: AppTemplateListDto })
  @ApiErrors(401, 404)
  listAppTemplates(@Param() { id }: AppIdParam, @CurrentUser() { username }: Principal): Promise<AppTemplateListDto> {
    return this.templates.list(id, username);
  }

  @Put(':name')
  @ApiOperation({ summary: 'Create or replace a template of an app', description: LANGUAGE })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'Creates a template, and replaces none',
    schema: { type: 'string', enum: ['*'] },
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The `changedAt` of the version that may be replaced, in double quotes. Without it, any version is',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: AppTemplateDto })
  @ApiErrors(400, 401, 404, 409, 413, 429)
  saveAppTemplate(
    @Param() { id, name }: NewAppTemplateParam,
    @Body() draft: AppTemplateDraftDto,
    @CurrentUser() { username }: Principal,
    @Expected() expected: ExpectedTemplate | undefined,
  ): Promise<AppTemplateDto> {
    return this.templates.save(id, name, draft, username, expected);
  }

  @Get(':name')
  @ApiOperation({ summary: 'Get a template of an app, with its example' })
  @ApiOkResponse({ type: AppTemplateDto })
  @ApiErrors(401, 404)
  getAppTemplate(
    @Param() { id, name }: AppTemplateParam,
    @CurrentUser() { username }: Principal,
  ): Promise<AppTemplateDto> {
    return this.templates.get(id, name, username);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Preview a template of an app',
    description: 'Answers the notification that it makes of its example. Nothing is stored.',
  })
  @ApiOkResponse({ type: TemplatePreviewDto })
  @ApiErrors(400, 401, 404, 413, 429)
  previewAppTemplate(
    @Param() { id }: AppIdParam,
    @Body() draft: AppTemplateDraftDto,
    @CurrentUser() { username }: Principal,
  ): Promise<TemplatePreviewDto> {
    return this.templates.preview(id, draft, username);
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a template of an app',
    description: 'Webhooks to its address are refused from then on.',
  })
  @ApiNoContentResponse()
  @ApiErrors(401, 404, 429)
  removeAppTemplate(@Param() { id, name }: AppTemplateParam, @CurrentUser() { username }: Principal): Promise<void> {
    return this.templates.remove(id, name, username);
  }
}
