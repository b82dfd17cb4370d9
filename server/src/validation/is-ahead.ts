import { applyDecorators } from '@nestjs/common';
import { IsInstant, isInstant } from './is-instant.js';
import { Must } from './rule.js';

const DAY_MS = 86_400_000;
/** An instant further ahead is probably a mistake. */
export const AHEAD_MAX_MS = 366 * DAY_MS;

/** Requires an instant in the future, at most a year ahead. */
export function IsAhead(): PropertyDecorator {
  const holds = (value: unknown): boolean => {
    const ms = isInstant(value) ? Date.parse(value) - Date.now() : Number.NaN;
    return ms > 0 && ms <= AHEAD_MAX_MS;
  };
  return applyDecorators(
    IsInstant(),
    Must({ code: 'not_ahead', holds, reason: '$property must be in the future, at most a year ahead' }),
  );
}
