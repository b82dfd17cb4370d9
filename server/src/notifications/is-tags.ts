import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, Matches, MaxLength } from 'class-validator';
import { TAG_MAX, TAG_PATTERN, TAGS_MAX } from '../../../protocol/notification.js';
import { IfGiven } from '../validation/if-given.js';

const AROUND = /^:(.+):$/;

/** Words; may be absent. Drops duplicates and the colons around short codes of emoji. */
export function IsTags(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    IsArray(),
    ArrayMaxSize(TAGS_MAX),
    IsString({ each: true }),
    MaxLength(TAG_MAX, { each: true }),
    Matches(TAG_PATTERN, { each: true, message: 'each value in $property must be one word, as warning or +1' }),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? [...new Set(value.map(withoutColons))] : value,
    ),
  );
}

const withoutColons = (tag: unknown): unknown => (typeof tag === 'string' ? tag.replace(AROUND, '$1') : tag);
