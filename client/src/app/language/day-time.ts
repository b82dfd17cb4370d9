import { inject, LOCALE_ID, Pipe, type PipeTransform } from '@angular/core';

const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
/** Of an instant within a week from now, and of any other. */
const STYLES = {
  week: { weekday: 'short', ...TIME },
  date: { weekday: 'short', day: 'numeric', month: 'short', ...TIME },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `Tue, Nov 24, 6:00 PM`, and without the date for `week`: in the order and the words of the locale. @param at milliseconds since 1970 */
export function dayTime(at: number, locale: string, style: keyof typeof STYLES = 'date'): string {
  return new Intl.DateTimeFormat(locale, STYLES[style]).format(at);
}

@Pipe({ name: 'dayTime' })
export class DayTime implements PipeTransform {
  readonly #locale = inject(LOCALE_ID);

  /** @param at milliseconds since 1970, or ISO 8601 */
  transform(at: string | number, style: keyof typeof STYLES = 'date'): string {
    return dayTime(typeof at === 'string' ? Date.parse(at) : at, this.#locale, style);
  }
}
