import { ACTION_LABEL_MAX, CATEGORY_MAX, URL_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { IsLine } from '../validation/is-line.js';
import { IsWebUrl } from '../validation/is-web-url.js';
import { IsWithout } from '../validation/is-without.js';
import { AtMost } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';
import { IsWord } from './is-word.js';

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
    description: 'Address that it opens: http or https',
  })
  @IsWebUrl()
  // Also validated in an action without both, so that it is refused.
  @ValidateIf(({ url, event }: ActionDto) => url !== undefined || event === undefined)
  url?: string;

  @ApiPropertyOptional({
    maxLength: CATEGORY_MAX,
    description: 'Instead of `url`: one word, which the receipts show to the sender',
  })
  @IsWithout('url')
  @IsWord()
  @AtMost(CATEGORY_MAX)
  @IsString()
  @IfGiven()
  event?: string;
}
