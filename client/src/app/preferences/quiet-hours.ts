import type { QuietHours } from '@herald/protocol';

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether the local time in the zone is in the quiet hours: from `from` to just before `to`. Times skipped when clocks
 * go forward are lost; times repeated when they go back count twice.
 * @param at milliseconds since 1970
 */
export function isQuiet(hours: QuietHours | null, at: number): boolean {
  if (hours === null) return false;
  const { from, to, timeZone } = hours;
  // `HH:MM` in 24 hours compares as text.
  const time = timeIn(timeZone, at);
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** Local time in a zone, as `HH:MM` in 24 hours. */
export function timeIn(timeZone: string, at: number): string {
  return clockOf(timeZone).format(at);
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = createClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** Falls back to this machine's time zone when the browser does not know the zone. */
function createClock(timeZone: string): Intl.DateTimeFormat {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...format, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', format);
  }
}
