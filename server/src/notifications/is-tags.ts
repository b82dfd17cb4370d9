import { TAG_MAX, TAG_PATTERN, TAGS_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IfGiven } from '../validation/if-given.js';
import { matches, Must } from '../validation/rule.js';
import { AtMost, AtMostItems } from '../validation/sizes.js';
import { IsArray, IsString } from '../validation/types.js';

const BETWEEN_COLONS = /^:(.+):$/;

/** Requires a list of words; may be absent. Drops duplicates, and the colons around short codes of emoji. */
export function IsTags(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    IsArray(),
    AtMostItems(TAGS_MAX),
    IsString({ each: true }),
    AtMost(TAG_MAX, { each: true }),
    Must(
      {
        code: 'not_a_tag',
        holds: matches(TAG_PATTERN),
        reason: '$property must be one word, such as warning or +1',
      },
      { each: true },
    ),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? [...new Set(value.map(withoutColons))] : value,
    ),
  );
}

const withoutColons = (tag: unknown): unknown => (typeof tag === 'string' ? tag.replace(BETWEEN_COLONS, '$1') : tag);
