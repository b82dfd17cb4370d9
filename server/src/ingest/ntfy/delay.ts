const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const DURATION = /^(?:\d+\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\s*)+$/i;
const PART = /(\d+)\s*([smhd])/gi;
const UNIX = /^\d{9,11}$/;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * The instant of a delay: seconds since 1970, a duration such as `30min` or `1h30m`, or ISO 8601 with its offset.
 * @param now in milliseconds since 1970
 * @returns milliseconds since 1970; undefined for anything else, such as `tomorrow, 9am`
 */
export function instantOf(delay: string, now: number): number | undefined {
  const text = delay.trim();
  if (UNIX.test(text)) return Number(text) * 1000;
  if (DURATION.test(text)) return now + secondsOf(text) * 1000;
  const instant = INSTANT.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function secondsOf(duration: string): number {
  let seconds = 0;
  for (const [, count, unit = ''] of duration.matchAll(PART))
    seconds += Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 0);
  return seconds;
}
