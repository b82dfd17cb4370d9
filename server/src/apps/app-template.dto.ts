import {
  type AppTemplateDraft,
  TEMPLATE_EXAMPLE_MAX_BYTES,
  TEMPLATE_LINE_MAX,
  TEMPLATE_MESSAGE_MAX,
  type TemplateTexts,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IfGiven } from '../validation/if-given.js';
import { Must } from '../validation/rule.js';
import { AtMost, IsNotEmpty } from '../validation/sizes.js';
import { IsObject, IsString } from '../validation/types.js';

/** The texts of a template. Their tags are checked by the use case, which says where a fault is. */
export class TemplateTextsDto implements TemplateTexts {
  @ApiProperty({ example: '{{job.name}} {{status}}', maxLength: TEMPLATE_LINE_MAX })
  @AtMost(TEMPLATE_LINE_MAX)
  @IsNotEmpty()
  @IsString()
  title!: string;

  @ApiProperty({
    example: '{{#steps}}{{name}}: {{result}}\n{{/steps}}',
    maxLength: TEMPLATE_MESSAGE_MAX,
    description: 'The title stands for it where it becomes blank',
  })
  @AtMost(TEMPLATE_MESSAGE_MAX)
  @IsNotEmpty()
  @IsString()
  message!: string;

  @ApiPropertyOptional({
    example: '{{status}}',
    maxLength: TEMPLATE_LINE_MAX,
    description:
      'Becomes 1 to 5, or a word: min, low, info, ok, success, resolved; default, medium, warning; high, urgent, max, critical, page, error, fatal, failure, failed. Others are dropped. Default: that of the app',
  })
  @AtMost(TEMPLATE_LINE_MAX)
  @IsString()
  @IfGiven()
  priority?: string;

  @ApiPropertyOptional({
    example: 'hammer, {{job.name}}',
    maxLength: TEMPLATE_LINE_MAX,
    description: 'Becomes tags with commas between them. Default: those of the app',
  })
  @AtMost(TEMPLATE_LINE_MAX)
  @IsString()
  @IfGiven()
  tags?: string;

  @ApiPropertyOptional({ example: 'https://ci.example.com/jobs/{{job.id}}', maxLength: TEMPLATE_LINE_MAX })
  @AtMost(TEMPLATE_LINE_MAX)
  @IsString()
  @IfGiven()
  url?: string;

  @ApiPropertyOptional({
    example: 'job/{{job.id}}',
    maxLength: TEMPLATE_LINE_MAX,
    description: 'Becomes the key by which a notification replaces an earlier one of the app',
  })
  @AtMost(TEMPLATE_LINE_MAX)
  @IsString()
  @IfGiven()
  key?: string;
}

class ExampleDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { job: { id: 7, name: 'nightly' }, status: 'failed', steps: [{ name: 'build', result: 'ok' }] },
    description: `A payload against which the template is edited, at most ${TEMPLATE_EXAMPLE_MAX_BYTES} bytes as JSON`,
  })
  @Must({
    code: 'data_too_large',
    holds: (value) => Buffer.byteLength(JSON.stringify(value)) <= TEMPLATE_EXAMPLE_MAX_BYTES,
    reason: `$property must have at most ${TEMPLATE_EXAMPLE_MAX_BYTES} bytes as JSON`,
    params: { max: TEMPLATE_EXAMPLE_MAX_BYTES },
  })
  @IsObject()
  // class-transformer copies it, but without names such as `toString`.
  @Transform(({ obj }: { obj: ExampleDto }) => obj.example)
  example!: Record<string, unknown>;
}

export class AppTemplateDraftDto extends IntersectionType(TemplateTextsDto, ExampleDto) implements AppTemplateDraft {}
