export interface SnoozeTime {
  label: string;
  /** Milliseconds since 1970. */
  until: number;
}

const HOUR_MS = 3_600_000;
/** As long as the server's. */
const YEAR_MS = 366 * 24 * HOUR_MS;
const EVENING = 18;
const MORNING = 8;
const MONDAY = 1;

/** Until when one may want to put something away, from now on, where the machine is. "This evening" only before it. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const evening = at(now, 0, EVENING);
  const toMonday = (MONDAY + 7 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: $localize`:@@snooze.hour:1 hour`, until: now + HOUR_MS },
    ...(evening - now > HOUR_MS ? [{ label: $localize`:@@snooze.evening:This evening`, until: evening }] : []),
    { label: $localize`:@@snooze.morning:Tomorrow morning`, until: tomorrowMorning(now) },
    { label: $localize`:@@snooze.week:Next week`, until: at(now, toMonday, MORNING) },
  ];
}

export function tomorrowMorning(now: number): number {
  return at(now, 1, MORNING);
}

/** Whether the server would take it: ahead, by a year at most. */
export function isSnoozeTime(until: number, now: number): boolean {
  return until > now && until <= now + YEAR_MS;
}

function at(now: number, daysLater: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysLater, hour).getTime();
}
