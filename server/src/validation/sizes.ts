import { applyDecorators } from '@nestjs/common';
import { Must, type RuleOptions } from './rule.js';
import { IsInt } from './types.js';

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : Number.NaN);
const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : Number.NaN);

/** Limits the characters of a text. Counts UTF-16 code units, as the protocol and a form's `maxlength` do. */
export function AtMost(max: number, options?: RuleOptions): PropertyDecorator {
  return Must(
    {
      code: 'too_long',
      holds: (value) => lengthOf(value) <= max,
      reason: `$property must have at most ${max} characters`,
      params: { max },
    },
    options,
  );
}

/** Requires a text of at least `min` characters; an emoji counts once. */
export function AtLeast(min: number): PropertyDecorator {
  return Must({
    code: 'too_short',
    holds: (value) => typeof value === 'string' && Array.from(value).length >= min,
    reason: `$property must have at least ${min} characters`,
    params: { min },
  });
}

/** Requires a list of at most `max` items. */
export function AtMostItems(max: number): PropertyDecorator {
  return Must({
    code: 'too_many',
    holds: (value) => countOf(value) <= max,
    reason: `$property must have at most ${max} items`,
    params: { max },
  });
}

/** Requires a text of at least one character, visible or not. */
export function IsNotEmpty(): PropertyDecorator {
  return Must({ code: 'blank', holds: (value) => lengthOf(value) > 0, reason: '$property must not be empty' });
}

/** Requires a list of at least `min` items. */
export function AtLeastItems(min: number): PropertyDecorator {
  return Must({
    code: 'too_few',
    holds: (value) => countOf(value) >= min,
    reason: `$property must have at least ${min} ${min === 1 ? 'item' : 'items'}`,
    params: { min },
  });
}

/** Requires a list without duplicates. */
export function IsWithoutDuplicates(): PropertyDecorator {
  return Must({
    code: 'duplicates',
    holds: (value) => new Set(value as unknown[]).size === countOf(value),
    reason: '$property must have each name once',
  });
}

/** Requires a whole number in this range, its bounds included. */
export function IsIntBetween(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    IsInt(),
    Must({
      code: 'too_low',
      holds: (value) => Number(value) >= min,
      reason: `$property must be at least ${min}`,
      params: { min },
    }),
    Must({
      code: 'too_high',
      holds: (value) => Number(value) <= max,
      reason: `$property must be at most ${max}`,
      params: { max },
    }),
  );
}
