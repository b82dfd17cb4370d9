import {
  AUDIENCE_MAX,
  CATEGORY_MAX,
  EVERYONE,
  MESSAGE_MAX,
  type NotificationDraft,
  PRIORITIES,
  type Priority,
  TITLE_MAX,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsLine, IsProse } from '../validation/is-line.js';
import { Must } from '../validation/rule.js';
import { AtMost, IsNotEmpty } from '../validation/sizes.js';
import { IsIn, IsString } from '../validation/types.js';
import { IsAudience } from './is-audience.js';
import { IsWord } from './is-word.js';
import { isNestedTooDeep, NESTING_MAX } from './markdown-nesting.js';
import { NotificationOptionsDto } from './notification-options.dto.js';

/** Maximum number of notifications in one request. */
export const BATCH_MAX = 1000;
/** Holds a thousand notifications of 4 KB each, in bytes. */
export const SEND_BODY_LIMIT = 4 * 1024 * 1024;

/** Requires that a Markdown text does not nest too deep. */
function IsShallow(): PropertyDecorator {
  return Must({
    code: 'nested_too_deep',
    holds: (value, draft) =>
      (draft as NotificationDraft).markdown !== true || typeof value !== 'string' || !isNestedTooDeep(value),
    reason: `$property must not nest quotes and lists more than ${NESTING_MAX} levels deep`,
    params: { max: NESTING_MAX },
  });
}

// Validation reports the first failed check only. Decorators run upwards, so the type check comes last.
export class SendNotificationDto extends NotificationOptionsDto implements NotificationDraft {
  @ApiProperty({ example: 'Test Notification', maxLength: TITLE_MAX })
  @AtMost(TITLE_MAX)
  @IsLine()
  @IsString()
  title!: string;

  @ApiProperty({ example: 'This is a test notification!', maxLength: MESSAGE_MAX })
  @AtMost(MESSAGE_MAX)
  @IsShallow()
  @IsProse()
  @IsString()
  message!: string;

  @ApiProperty({
    enum: PRIORITIES,
    example: 'high',
    description: 'High overtakes waiting notifications of medium and low',
  })
  @IsIn(PRIORITIES)
  priority!: Priority;

  @ApiProperty({
    example: 'test',
    maxLength: CATEGORY_MAX,
    description: 'One word of letters and digits of any script; also `. _ -`, but not as the first character',
  })
  @IsWord()
  @AtMost(CATEGORY_MAX)
  @IsNotEmpty()
  @IsString()
  category!: string;

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: AUDIENCE_MAX,
    uniqueItems: true,
    example: [EVERYONE],
    description:
      'Channels: `everyone`, `user:<name>`, `role:<name>`, `topic:<name>`. A person in several of them receives it once. Default: everyone',
  })
  @IsAudience()
  audience?: string[];
}
