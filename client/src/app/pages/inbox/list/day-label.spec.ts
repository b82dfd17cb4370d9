import { dayLabel } from './day-label';

const NOW = new Date(2026, 10, 24, 20, 15).getTime();

function at(year: number, month: number, day: number, hour = 12): number {
  return new Date(year, month, day, hour).getTime();
}

describe('dayLabel', () => {
  it.each([
    ['Today', at(2026, 10, 24, 0)],
    ['Yesterday', at(2026, 10, 23, 23)],
    ['Sunday', at(2026, 10, 22)],
    ['Wednesday', at(2026, 10, 18)],
    ['November 17', at(2026, 10, 17)],
    ['December 31, 2025', at(2025, 11, 31)],
  ])('is %s', (label, instant) => {
    expect(dayLabel(instant, NOW, 'en-US')).toBe(label);
  });

  it('is today for what is ahead because clocks differ', () => {
    expect(dayLabel(at(2026, 10, 25, 1), NOW, 'en-US')).toBe('Today');
  });

  it('speaks the language of the locale', () => {
    expect([at(2026, 10, 23), at(2026, 10, 20), at(2026, 9, 3)].map((instant) => dayLabel(instant, NOW, 'de'))).toEqual(
      ['Gestern', 'Freitag', '3. Oktober'],
    );
  });
});
