import {
  AUDIENCE_MAX,
  CATEGORY_MAX,
  PRIORITIES,
  type Priority,
  SECRET_MAX,
  SECRET_MIN,
  TAGS_MAX,
} from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsTags } from '../notifications/is-tags.js';
import { IsWord } from '../notifications/is-word.js';
import { IfGiven } from '../validation/if-given.js';
import { IsAhead } from '../validation/is-ahead.js';
import { AtLeast, AtMost, IsNotEmpty } from '../validation/sizes.js';
import { IsBoolean, IsIn, IsString } from '../validation/types.js';

/** Describes the audience of an app. */
export const AUDIENCE = {
  minItems: 1,
  maxItems: AUDIENCE_MAX,
  uniqueItems: true,
  example: ['everyone'],
  description:
    'Channels that receive a notification without an audience, and the only ones that the app may name. Administrators may choose any, others themselves and topics that they follow',
};

/** Optional fields of an app. Null, false and an empty list remove a field. */
export class AppFieldsDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'build',
    maxLength: CATEGORY_MAX,
    description: 'Category of notifications that have none. Default: `general`',
  })
  @IsWord()
  @AtMost(CATEGORY_MAX)
  @IsNotEmpty()
  @IsString()
  @IsOptional()
  category?: string | null;

  @ApiPropertyOptional({
    type: String,
    enum: [...PRIORITIES, null],
    nullable: true,
    example: 'low',
    description: 'Priority of notifications that have none. Default: medium',
  })
  @IsIn(PRIORITIES)
  @IsOptional()
  defaultPriority?: Priority | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: TAGS_MAX,
    example: ['hammer'],
    description: 'Tags of notifications that have none',
  })
  @IsTags()
  tags?: string[];

  @ApiPropertyOptional({ example: false, description: 'Messages are Markdown, unless a notification says otherwise' })
  @IsBoolean()
  @IfGiven()
  markdown?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Instant from which the key is refused, at most a year ahead. Default: never',
  })
  @IsAhead()
  @IsOptional()
  expiresAt?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    minLength: SECRET_MIN,
    maxLength: SECRET_MAX,
    writeOnly: true,
    description:
      'Secret that webhooks must prove: GitHub and Sentry by a signature, GitLab by sending it in clear text as its token. Others are refused. No answer has it. Default: none, the key is enough',
  })
  @AtMost(SECRET_MAX)
  @AtLeast(SECRET_MIN)
  @IsString()
  @IsOptional()
  secret?: string | null;
}
