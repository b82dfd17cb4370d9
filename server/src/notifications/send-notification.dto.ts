import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, Matches, ValidateBy } from 'class-validator';
import {
  CATEGORY_MAX,
  CATEGORY_PATTERN,
  MESSAGE_MAX,
  type NotificationDraft,
  PRIORITIES,
  type Priority,
  TITLE_MAX,
} from '../../../protocol/notification.js';
import { AUDIENCE_MAX, EVERYONE } from '../../../protocol/channels.js';
import { AtMost } from '../validation/at-most.js';
import { IsLine, IsProse } from '../validation/is-line.js';
import { IsAudience } from './is-audience.js';
import { isNestedTooDeep, NESTING_MAX } from './markdown-nesting.js';
import { NotificationOptionsDto } from './notification-options.dto.js';

/** Maximum number of notifications in one request. */
export const BATCH_MAX = 1000;
/** Holds a thousand notifications of 4 KB each, in bytes. */
export const SEND_BODY_LIMIT = 4 * 1024 * 1024;

function IsShallow(): PropertyDecorator {
  const validate = (value: unknown, args?: { object: object }): boolean =>
    (args?.object as NotificationDraft).markdown !== true || typeof value !== 'string' || !isNestedTooDeep(value);
  return ValidateBy(
    { name: 'isShallow', validator: { validate } },
    { message: `$property must not nest quotes and lists more than ${NESTING_MAX} deep` },
  );
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

  @ApiProperty({ enum: PRIORITIES, example: 'high', description: 'High overtakes what waits at medium and low' })
  @IsIn(PRIORITIES)
  priority!: Priority;

  @ApiProperty({
    example: 'test',
    maxLength: CATEGORY_MAX,
    description: 'One word of letters and digits of any script; also `. _ -`, but not as the first character',
  })
  @Matches(CATEGORY_PATTERN, { message: 'category must be one word of letters, digits, dots, hyphens or underscores' })
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
