import { BUILT_IN_TEMPLATES, TEMPLATE_NAME_MAX, TEMPLATE_NAME_PATTERN } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { matches, Must } from '../validation/rule.js';
import { IsString } from '../validation/types.js';
import { AppIdParam } from './app-id.param.js';

/** Accepts any text: a malformed name is an unknown template. */
export class AppTemplateParam extends AppIdParam {
  @ApiProperty({ example: 'nightly', maxLength: TEMPLATE_NAME_MAX })
  @IsString()
  name!: string;
}

export class NewAppTemplateParam extends AppIdParam {
  @ApiProperty({
    example: 'nightly',
    maxLength: TEMPLATE_NAME_MAX,
    description: `Lower-case letters, digits, hyphens and underscores. Not ${BUILT_IN_TEMPLATES.join(', ')}`,
  })
  @Must({
    code: 'built_in_template',
    holds: (name) => !(BUILT_IN_TEMPLATES as readonly unknown[]).includes(name),
    reason: '$property must not be that of a template which Herald has itself',
  })
  @Must({
    code: 'not_a_template_name',
    holds: matches(TEMPLATE_NAME_PATTERN),
    reason: `$property must have at most ${TEMPLATE_NAME_MAX} lower-case letters, digits, hyphens and underscores, and begin with a letter or digit`,
  })
  name!: string;
}
