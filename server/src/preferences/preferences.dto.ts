import {
  type Attention,
  ATTENTIONS,
  type Attentiveness,
  FILTERS_MAX,
  isTimeZone,
  PRIORITIES,
  type Priority,
  type QuietHours,
  TIME_OF_DAY_PATTERN,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { matches, Must } from '../validation/rule.js';
import { IsBoolean, IsIn, IsObject, IsString } from '../validation/types.js';
import { IsCategoryRules } from './category-rules.js';
import { AreSavedFilters, FILTERS_EXAMPLE, SavedFilterDto } from './saved-filter.dto.js';

function IsTimeOfDay(): PropertyDecorator {
  return Must({
    code: 'not_a_time_of_day',
    holds: matches(TIME_OF_DAY_PATTERN),
    reason: '$property must be a time of day, 00:00 to 23:59',
  });
}

function IsTimeZone(): PropertyDecorator {
  return Must({
    code: 'not_a_time_zone',
    holds: (value) => typeof value === 'string' && isTimeZone(value),
    reason: '$property must be the name of a time zone, such as Europe/Berlin',
  });
}

/** Requires another time than `from`: equal times could mean no quiet hours, or all day. */
function DiffersFromFrom(): PropertyDecorator {
  const holds = (value: unknown, hours: object): boolean => value !== (hours as QuietHours).from;
  return Must({ code: 'no_duration', holds, reason: '$property must differ from `from`' });
}

const QUIET_HOURS = {
  from: { type: 'string' as const, example: '22:00', pattern: TIME_OF_DAY_PATTERN.source },
  to: {
    type: 'string' as const,
    example: '07:00',
    pattern: TIME_OF_DAY_PATTERN.source,
    description: 'If it is earlier than `from`, the hours span midnight',
  },
  timeZone: { type: 'string' as const, example: 'Europe/Berlin', description: 'IANA name of a time zone' },
};

// Validation reports the first failed check only. Decorators run upwards, so the type check comes last.
export class QuietHoursDto implements QuietHours {
  @IsTimeOfDay()
  @IsString()
  from!: string;

  @DiffersFromFrom()
  @IsTimeOfDay()
  @IsString()
  to!: string;

  @IsTimeZone()
  @IsString()
  timeZone!: string;
}

export class PreferencesDto implements Attentiveness {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...ATTENTIONS] },
    example: { builds: 'inbox', marketing: 'muted' },
    description: 'Attention that each category may draw; categories that are not listed may pop up',
  })
  @IsCategoryRules()
  // The raw value: class-transformer drops keys that every object inherits, such as `valueOf`.
  @Transform(({ obj }: { obj: { categories?: unknown } }) => obj.categories)
  categories!: Record<string, Attention>;

  @ApiProperty({ enum: PRIORITIES, example: 'low', description: 'The least urgent priority that pops up' })
  @IsIn(PRIORITIES)
  minToast!: Priority;

  @ApiProperty({
    enum: PRIORITIES,
    example: 'medium',
    description: 'The least urgent priority that plays a sound, if `sound` is on',
  })
  @IsIn(PRIORITIES)
  minSound!: Priority;

  @ApiProperty({ example: false })
  @IsBoolean()
  sound!: boolean;

  @ApiProperty({ example: false, description: 'Notifications of the operating system, while the page is hidden' })
  @IsBoolean()
  desktop!: boolean;

  // Written inline, since a reference can't be nullable in OpenAPI 3.0.
  @ApiProperty({
    type: 'object',
    properties: QUIET_HOURS,
    additionalProperties: false,
    required: ['from', 'to', 'timeZone'],
    nullable: true,
    example: null,
    description: 'Daily hours in which only high priority is shown; null: none',
  })
  @ValidateNested()
  @IsObject()
  @Type(() => QuietHoursDto)
  @ValidateIf(({ quietHours }: PreferencesDto) => quietHours !== null)
  quietHours!: QuietHoursDto | null;

  @ApiPropertyOptional({
    type: [SavedFilterDto],
    maxItems: FILTERS_MAX,
    example: FILTERS_EXAMPLE,
    description: 'If absent, the saved filters stay as they are',
  })
  @AreSavedFilters()
  @IfGiven()
  filters?: SavedFilterDto[];
}

export class PreferencesAnswerDto extends PreferencesDto {
  @ApiPropertyOptional({
    enum: [true],
    description:
      'These are the defaults: as far as this server knows, you have never changed them. Ignored in a request',
  })
  @IsIn([true])
  @IfGiven()
  untouched?: true;
}
