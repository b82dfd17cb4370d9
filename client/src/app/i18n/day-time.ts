import { inject, LOCALE_ID, Pipe, type PipeTransform } from '@angular/core';

const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
/** `today`: an instant today. `week`: within a week from now. `year`: within a year. `full`: any. */
const STYLES = {
  today: TIME,
  week: { weekday: 'short', ...TIME },
  year: { weekday: 'short', day: 'numeric', month: 'short', ...TIME },
  full: { dateStyle: 'medium', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Style = keyof typeof STYLES;

/** For `year`: `Tue, Nov 24, 6:00 PM`, in the order and words of the locale. @param at milliseconds since 1970 */
export function dayTime(at: number, style: Style, locale: string): string {
  return new Intl.DateTimeFormat(locale, STYLES[style]).format(at);
}

/** Uses the browser's Intl: Angular's DatePipe would add 3 KB of script to a first visit. */
@Pipe({ name: 'dayTime' })
export class DayTime implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);

  /** @param at milliseconds since 1970, or ISO 8601; undefined: empty */
  transform(at: string | number | undefined, style: Style): string {
    if (at === undefined) return '';
    return dayTime(typeof at === 'string' ? Date.parse(at) : at, style, this.#locale);
  }
}
