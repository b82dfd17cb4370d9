import {
  type AppTemplate,
  type AppTemplateList,
  type AppTemplateSummary,
  PRIORITIES,
  type Priority,
  type TemplatePreview,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { AppTemplateDraftDto, TemplateTextsDto } from './app-template.dto.js';

class StoredTemplateDto {
  @ApiProperty({ example: 'nightly' })
  name!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  changedAt!: string;
}

export class AppTemplateDto extends IntersectionType(AppTemplateDraftDto, StoredTemplateDto) implements AppTemplate {}

export class AppTemplateSummaryDto
  extends IntersectionType(TemplateTextsDto, StoredTemplateDto)
  implements AppTemplateSummary {}

export class AppTemplateListDto implements AppTemplateList {
  @ApiProperty({ type: [AppTemplateSummaryDto] })
  items!: AppTemplateSummaryDto[];
}

export class TemplatePreviewDto implements TemplatePreview {
  @ApiProperty({ example: 'nightly failed' })
  title!: string;

  @ApiProperty({ example: 'build: ok' })
  message!: string;

  @ApiProperty({ enum: PRIORITIES, example: 'high' })
  priority!: Priority;

  @ApiProperty({ example: 'general' })
  category!: string;

  @ApiProperty({ example: false })
  markdown!: boolean;

  @ApiPropertyOptional({ type: [String], example: ['hammer', 'nightly'] })
  tags?: string[];

  @ApiPropertyOptional({ example: 'https://ci.example.com/jobs/7' })
  url?: string;

  @ApiPropertyOptional({ example: 'job/7' })
  key?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { cut: ['title'] },
    description: 'Names of texts that were `cut`, and of parts that were `dropped`, so that the notification fits',
  })
  data?: Record<string, unknown>;
}
