import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { IsInstant, isInstant } from './is-instant.js';

const DAY_MS = 86_400_000;
/** Longer than a year nobody means it. */
const AHEAD_MAX_DAYS = 366;

/** An instant in the future, a year ahead at most. */
export function IsAhead(): PropertyDecorator {
  const validate = (value: unknown): boolean => {
    const ms = isInstant(value) ? Date.parse(value) - Date.now() : Number.NaN;
    return ms > 0 && ms <= AHEAD_MAX_DAYS * DAY_MS;
  };
  return applyDecorators(
    IsInstant(),
    ValidateBy(
      { name: 'isAhead', validator: { validate } },
      { message: '$property must lie ahead, by a year at most' },
    ),
  );
}
