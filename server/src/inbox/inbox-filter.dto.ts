import {
  CATEGORY_MAX,
  type InboxFilter,
  isTopic,
  NAME_MAX,
  PRIORITIES,
  type Priority,
  SEARCH_MAX,
  SEARCH_WORDS_MAX,
  TOPIC_MAX,
  type View,
  VIEWS,
} from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { IfGiven } from '../validation/if-given.js';
import { InNfc } from '../validation/in-nfc.js';
import { IsInstant } from '../validation/is-instant.js';
import { Must } from '../validation/rule.js';
import { AtLeastItems, AtMost, AtMostItems } from '../validation/sizes.js';
import { IsArray, IsBoolean, IsIn, IsString } from '../validation/types.js';

function toBoolean({ value }: { value: unknown }): unknown {
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

function toList({ value }: { value: unknown }): unknown {
  return typeof value === 'string' && value !== '' ? value.split(',') : value;
}

/** Limits the words of a search, since each costs another pass over the text. */
function HasFewWords(): PropertyDecorator {
  return Must({
    code: 'too_many_words',
    holds: (value) => typeof value === 'string' && value.split(/\s+/).filter(Boolean).length <= SEARCH_WORDS_MAX,
    reason: `$property must be at most ${SEARCH_WORDS_MAX} words`,
    params: { max: SEARCH_WORDS_MAX },
  });
}

// Validation reports the first failed check only. Decorators run upwards, so the type check comes last.
export class InboxFilterDto implements InboxFilter {
  @ApiPropertyOptional({ enum: VIEWS, description: 'Default: the inbox' })
  @IsIn(VIEWS)
  view: View = 'inbox';

  @ApiPropertyOptional({ type: Boolean, description: 'Only unread notifications' })
  @IsBoolean()
  @IfGiven()
  @Transform(toBoolean)
  @AbsentWhenEmpty()
  unread?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Only notifications that you must confirm (`requiresAck`) and have not confirmed',
  })
  @IsBoolean()
  @IfGiven()
  @Transform(toBoolean)
  @AbsentWhenEmpty()
  unconfirmed?: boolean;

  @ApiPropertyOptional({
    type: String,
    example: 'high,medium',
    description: 'One or more priorities, separated by commas',
  })
  @IsIn(PRIORITIES, { each: true })
  @AtMostItems(PRIORITIES.length)
  @AtLeastItems(1)
  @IsArray()
  @IfGiven()
  @Transform(toList)
  @AbsentWhenEmpty()
  priority?: Priority[];

  @ApiPropertyOptional({ maxLength: CATEGORY_MAX })
  @AtMost(CATEGORY_MAX)
  @IsString()
  @IfGiven()
  @AbsentWhenEmpty()
  category?: string;

  @ApiPropertyOptional({ maxLength: TOPIC_MAX, description: 'Only notifications that were sent to this topic' })
  @Must({
    code: 'not_a_topic',
    holds: (value) => typeof value === 'string' && isTopic(value),
    reason: '$property must be a topic',
  })
  @IfGiven()
  @InNfc()
  @AbsentWhenEmpty()
  topic?: string;

  @ApiPropertyOptional({ maxLength: NAME_MAX, description: 'Only notifications of this user' })
  @AtMost(NAME_MAX)
  @IsString()
  @IfGiven()
  @InNfc()
  @AbsentWhenEmpty()
  sender?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only notifications that were stored at this instant or later',
  })
  @IsInstant()
  @IfGiven()
  @AbsentWhenEmpty()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Only notifications that were stored before this instant' })
  @IsInstant()
  @IfGiven()
  @AbsentWhenEmpty()
  to?: string;

  @ApiPropertyOptional({
    maxLength: SEARCH_MAX,
    description: `Up to ${SEARCH_WORDS_MAX} words, each of which must occur in title, message, category, sender or tags; case-insensitive`,
  })
  @HasFewWords()
  @AtMost(SEARCH_MAX)
  @IsString()
  @IfGiven()
  @InNfc()
  @AbsentWhenEmpty()
  q?: string;
}
