import { InvalidArgumentError } from 'commander';

const MS = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a time from now (`90s`, `30m`, `2h`, `1d`) or an instant of ISO 8601, in local time if it has no zone.
 * @param now milliseconds since 1970
 * @returns ISO 8601 in UTC
 */
export function instantOf(text: string, now = Date.now()): string {
  const [, count, unit] = /^\+?(\d+) ?(s|m|min|h|d)$/.exec(text) ?? [];
  const ms = unit === undefined ? Date.parse(text) : now + Number(count) * MS[unit as keyof typeof MS];
  const instant = new Date(ms);
  if (Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError('It is a time from now, such as 30m, or an instant, such as 2026-12-24T18:00.');
  return instant.toISOString();
}
