const DAYS_BY_NAME = 7;
const DAY_MS = 86_400_000;

/** Midnight at the start of the day of an instant, or some days later, where the machine is. Milliseconds since 1970. */
export function startOfDay(at: number, daysLater = 0): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysLater).getTime();
}

/** "Today", "Yesterday", "Monday" for the last week, "3 November", "3 November 2025": in the words of the locale. */
export function dayLabel(at: number, now: number, locale: string): string {
  // Rounded: a day may have 23 or 25 hours.
  const daysAgo = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (daysAgo <= 1)
    return capitalised(
      new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.max(0, daysAgo), 'day'),
      locale,
    );
  if (daysAgo < DAYS_BY_NAME) return capitalised(format(at, locale, { weekday: 'long' }), locale);
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(at, locale, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
}

function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(at);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
