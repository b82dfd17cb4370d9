/**
 * The first number or date that a browser writes takes it 12 ms, and a phone four times that: it reads how languages do it.
 * Better while the page waits for the server than when there is something to show.
 */
export function readyFormats(): void {
  const { lang } = document.documentElement;
  new Intl.NumberFormat(lang).format(0);
  new Intl.RelativeTimeFormat(lang).format(0, 'day');
}
