import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { ACTION_LABEL_MAX, CATEGORY_MAX, CATEGORY_PATTERN, URL_MAX } from '../../../protocol/notification.js';
import { AtMost } from '../validation/at-most.js';
import { IfGiven } from '../validation/if-given.js';
import { IsLine } from '../validation/is-line.js';
import { IsWebUrl } from '../validation/is-web-url.js';

function IsWithoutUrl(): PropertyDecorator {
  const validate = (_: unknown, args?: { object: object }): boolean => (args?.object as ActionDto).url === undefined;
  return ValidateBy(
    { name: 'isWithoutUrl', validator: { validate } },
    { message: '$property must not be given beside url' },
  );
}

/** A button with either an address or an event. */
export class ActionDto {
  @ApiProperty({ example: 'Open', maxLength: ACTION_LABEL_MAX })
  @AtMost(ACTION_LABEL_MAX)
  @IsLine()
  @IsString()
  label!: string;

  @ApiPropertyOptional({
    example: 'https://example.com/builds/42',
    maxLength: URL_MAX,
    description: 'Where it leads: http or https',
  })
  @IsWebUrl()
  // Validated in an action with neither as well, to refuse it.
  @ValidateIf(({ url, event }: ActionDto) => url !== undefined || event === undefined)
  url?: string;

  @ApiPropertyOptional({
    maxLength: CATEGORY_MAX,
    description: 'Instead of `url`: one word, which the sender finds in the receipts',
  })
  @IsWithoutUrl()
  @Matches(CATEGORY_PATTERN, { message: 'event must be one word of letters, digits, dots, hyphens or underscores' })
  @AtMost(CATEGORY_MAX)
  @IsString()
  @IfGiven()
  event?: string;
}
