import { instantOf } from './instants.ts';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');

describe('instantOf', () => {
  test.each([
    ['90s', '2026-11-30T12:01:30.000Z'],
    ['30m', '2026-11-30T12:30:00.000Z'],
    ['30min', '2026-11-30T12:30:00.000Z'],
    ['+2h', '2026-11-30T14:00:00.000Z'],
    ['1d', '2026-12-01T12:00:00.000Z'],
    ['2026-12-24T18:00:00+01:00', '2026-12-24T17:00:00.000Z'],
    ['2026-12-24T18:00:30.5Z', '2026-12-24T18:00:30.500Z'],
    ['2026-12-24', new Date(2026, 11, 24).toISOString()],
    ['2026-12-24T18:00', new Date(2026, 11, 24, 18).toISOString()],
  ])('reads %s', (text, instant) => {
    expect(instantOf(text, NOW)).toBe(instant);
  });

  test.each(['', 'soon', '2w', '-5m', '5', 'in 5', '2026', 'Dec 24', '2026-13-01', '99999999999999d'])(
    'refuses %j',
    (text) => {
      expect(() => instantOf(text, NOW)).toThrow('It is a time from now');
    },
  );
});
