import { InvalidArgumentError } from 'commander';

/** A date, or an instant of a date. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

const MS = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a time from now (`90s`, `30m`, `2h`, `1d`) a date, which begins at midnight, or an instant
 * of ISO 8601. Both are in local time if they have no zone.
 * @param now milliseconds since 1970
 * @returns ISO 8601 in UTC
 */
export function instantOf(text: string, now = Date.now()): string {
  const [, count, unit] = /^\+?(\d+) ?(s|m|min|h|d)$/.exec(text) ?? [];
  const ms = unit === undefined ? millisecondsOf(text) : now + Number(count) * MS[unit as keyof typeof MS];
  const instant = new Date(ms);
  if (Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError(
      'It is a time from now, such as 30m, a date, or an instant, such as 2026-12-24T18:00.',
    );
  return instant.toISOString();
}

/** @returns milliseconds since 1970; NaN if it is neither */
function millisecondsOf(text: string): number {
  if (!ISO_8601.test(text)) return NaN;
  // A date alone would be in UTC.
  return Date.parse(text.includes('T') ? text : `${text}T00:00`);
}
