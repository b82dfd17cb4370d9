import { relativeTime } from './relative-time';

const NOW = Date.UTC(2026, 0, 31, 8);

function ago(seconds: number, locale = 'en-US'): string {
  return relativeTime(new Date(NOW - seconds * 1000).toISOString(), NOW, locale);
}

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1 min. ago'],
    [3599, '59 min. ago'],
    [3600, '1 hr. ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
  ])('says of %d s: %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });

  it('speaks the language of the locale', () => {
    expect([0, 60, 3600, 86_400, 3 * 86_400].map((seconds) => ago(seconds, 'de'))).toEqual([
      'jetzt',
      'vor 1 Min.',
      'vor 1 Std.',
      'gestern',
      'vor 3 Tagen',
    ]);
  });

  it('does not speak of the future when the clocks of page and server differ', () => {
    expect(ago(-30)).toBe('now');
  });
});
