const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** Made once: a list asks for many. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

/** "5 min. ago" in the words of the locale; "now" for what is less than a minute old, or ahead because clocks differ. */
export function relativeTime(iso: string, now: number, locale: string): string {
  const format = formatIn(locale);
  const seconds = (now - Date.parse(iso)) / 1000;
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  }
  return format.format(0, 'second');
}

function formatIn(locale: string): Intl.RelativeTimeFormat {
  const format = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  formats.set(locale, format);
  return format;
}
