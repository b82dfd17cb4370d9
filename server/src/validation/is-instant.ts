import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Must } from './rule.js';

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Requires an instant in ISO 8601 with its UTC offset, or a day. Converts it to UTC with milliseconds. */
export function IsInstant(): PropertyDecorator {
  return applyDecorators(
    Must({
      code: 'not_an_instant',
      holds: isInstant,
      reason: '$property must be an instant, such as 2026-01-31T08:00:00Z',
    }),
    Transform(({ value }: { value: unknown }) => (isInstant(value) ? new Date(value).toISOString() : value)),
  );
}

/** Whether the day exists: `Date` reads February 31 as March 3. */
function isDay(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && ISO.test(value) && !Number.isNaN(Date.parse(value)) && isDay(value.slice(0, 10));
}
