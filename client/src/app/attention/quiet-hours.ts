import type { QuietHours } from '../../../../protocol/preferences';

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether the clock on the wall of that zone is in the quiet hours: from `from` to just before `to`. Where the clock is
 * put forward, the hours lose what it skips; where it is put back, what it shows twice counts twice.
 * @param at milliseconds since 1970
 */
export function isQuiet(hours: QuietHours | null, at: number): boolean {
  if (hours === null) return false;
  const { from, to, timeZone } = hours;
  // `HH:MM` in 24 hours: times compare as text.
  const time = clockOf(timeZone).format(at);
  return from < to ? from <= time && time < to : from <= time || time < to;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = createClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** A zone that the server knows and this browser does not yet: then the clock of the machine has to do. */
function createClock(timeZone: string): Intl.DateTimeFormat {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...format, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', format);
  }
}
