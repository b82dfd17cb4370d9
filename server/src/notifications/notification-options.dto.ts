import {
  type Action,
  ACTIONS_MAX,
  DATA_DEPTH_MAX,
  KEY_MAX,
  type NotificationDraft,
  type Priority,
  TAGS_MAX,
  URL_MAX,
} from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { IsAhead } from '../validation/is-ahead.js';
import { isInstant } from '../validation/is-instant.js';
import { IsWebUrl } from '../validation/is-web-url.js';
import { matches, Must } from '../validation/rule.js';
import { AtMost, AtMostItems } from '../validation/sizes.js';
import { IsArray, IsBoolean, IsString } from '../validation/types.js';
import { ActionDto } from './action.dto.js';
import { HaveDistinctLabels } from './have-distinct-labels.js';
import { IsData } from './is-data.js';
import { IsTags } from './is-tags.js';

/** Requires true or false; may be absent. False becomes undefined. */
function IsSwitch(): PropertyDecorator {
  return applyDecorators(
    IsBoolean(),
    IfGiven(),
    Transform(({ value }: { value: unknown }) => (value === false ? undefined : value)),
  );
}

/** Requires that the priority is high. */
function IsWithHigh(): PropertyDecorator {
  return Must({
    code: 'needs_high_priority',
    holds: (_, draft) => (draft as { priority?: Priority }).priority === 'high',
    reason: '$property needs the priority high',
  });
}

/** Requires an instant after `deliverAt`, if that is given. */
function IsAfterDelivery(): PropertyDecorator {
  const holds = (value: unknown, draft: object): boolean => {
    const { deliverAt } = draft as NotificationDraft;
    return !isInstant(value) || !isInstant(deliverAt) || Date.parse(value) > Date.parse(deliverAt);
  };
  return Must({ code: 'not_after_delivery', holds, reason: '$property must be later than deliverAt' });
}

/** Optional fields of a notification. */
export class NotificationOptionsDto implements Partial<NotificationDraft> {
  @ApiPropertyOptional({
    example: 'https://example.com/builds/42',
    maxLength: URL_MAX,
    description: 'Address that a click opens: http or https',
  })
  @IsWebUrl()
  @IfGiven()
  url?: string;

  @ApiPropertyOptional({ type: [ActionDto], maxItems: ACTIONS_MAX, description: 'Buttons below the message' })
  @ValidateNested()
  @HaveDistinctLabels()
  @AtMostItems(ACTIONS_MAX)
  @IsArray()
  @IfGiven()
  @Type(() => ActionDto)
  actions?: Action[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: TAGS_MAX,
    example: ['rocket'],
    description: 'Words; short codes of emoji, with or without colons, are shown as emoji',
  })
  @IsTags()
  tags?: string[];

  @ApiPropertyOptional({
    type: Boolean,
    example: false,
    description: 'The message is Markdown; HTML in it is shown as text',
  })
  @IsSwitch()
  markdown?: true;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Instant at which it leaves every inbox, at most a year ahead',
  })
  @IsAfterDelivery()
  @IsAhead()
  @IfGiven()
  expiresAt?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Instant at which it is sent, at most a year ahead. Not in a list of notifications',
  })
  @IsAhead()
  @IfGiven()
  deliverAt?: string;

  @ApiPropertyOptional({ maxLength: KEY_MAX, description: 'It replaces your earlier notification with the same key' })
  @AtMost(KEY_MAX)
  @Must({ code: 'blank', holds: matches(/\S/), reason: '$property must not be blank' })
  @IsString()
  @IfGiven()
  key?: string;

  @ApiPropertyOptional({
    type: Boolean,
    example: false,
    description: 'Recipients are asked to confirm it, and it stays on screen until they do. Only with priority high',
  })
  @IsWithHigh()
  @IsSwitch()
  requiresAck?: true;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { build: 42, branch: 'main' },
    description: `Anything else that programs want to know: an object of at most 8 KB as JSON, nested at most ${DATA_DEPTH_MAX} levels deep. In a list, each notification may have 64 values in all`,
  })
  @IsData()
  // class-transformer copies it, but without names such as `toString`.
  @Transform(({ obj }: { obj: NotificationOptionsDto }) => obj.data)
  data?: Record<string, unknown>;
}
