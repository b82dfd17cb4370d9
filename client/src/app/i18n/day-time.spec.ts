import { dayTime } from './day-time';

const AT = new Date(2026, 10, 24, 18, 5).getTime();

describe('dayTime', () => {
  it.each([
    ['today', '18:05', '6:05 PM'],
    ['week', 'Di., 18:05', 'Tue 6:05 PM'],
    ['year', 'Di., 24. Nov., 18:05', 'Tue, Nov 24, 6:05 PM'],
    ['full', '24.11.2026, 18:05', 'Nov 24, 2026, 6:05 PM'],
  ] as const)('formats %s in the order and words of the locale', (style, german, english) => {
    const spaced = (locale: string): string => dayTime(AT, style, locale).replace(/\s/g, ' ');
    expect([spaced('de'), spaced('en-US')]).toEqual([german, english]);
  });
});
