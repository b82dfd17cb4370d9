import type { QuietHours } from '@herald/protocol';
import fc from 'fast-check';
import { isQuiet } from './quiet-hours';

const BERLIN: QuietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const MINUTE_MS = 60_000;

/** Number of quiet minutes among `minutes` from `start`. */
function quietMinutes(hours: QuietHours, start: string, minutes = 1440): number {
  const from = Date.parse(start);
  return Array.from({ length: minutes }, (_, n) => n).filter((n) => isQuiet(hours, from + n * MINUTE_MS)).length;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

describe('isQuiet', () => {
  it('is false without quiet hours', () => {
    expect(isQuiet(null, Date.parse('2026-01-15T23:00Z'))).toBe(false);
  });

  it.each([
    ['2026-01-15T21:59:59.999+01:00', false],
    ['2026-01-15T22:00+01:00', true],
    ['2026-01-15T23:59:59.999+01:00', true],
    ['2026-01-16T00:00+01:00', true],
    ['2026-01-16T06:59:59.999+01:00', true],
    ['2026-01-16T07:00+01:00', false],
    ['2026-01-16T12:00+01:00', false],
  ])('over midnight, at %s: %s', (at, expected) => {
    expect(isQuiet(BERLIN, Date.parse(at))).toBe(expected);
  });

  it.each([
    ['12:59', false],
    ['13:00', true],
    ['13:59', true],
    ['14:00', false],
  ])('within a day, at %s: %s', (time, expected) => {
    expect(isQuiet({ from: '13:00', to: '14:00', timeZone: 'UTC' }, Date.parse(`2026-01-15T${time}Z`))).toBe(expected);
  });

  it('uses the clock of the time zone, not of this machine', () => {
    const at = Date.parse('2026-01-15T22:30Z');
    expect(isQuiet({ ...BERLIN, timeZone: 'America/New_York' }, at)).toBe(false);
    expect(isQuiet({ ...BERLIN, timeZone: 'Asia/Kolkata' }, at)).toBe(true);
  });

  it('follows daylight saving time', () => {
    expect(isQuiet(BERLIN, Date.parse('2026-01-15T05:30Z'))).toBe(true);
    expect(isQuiet(BERLIN, Date.parse('2026-07-15T05:30Z'))).toBe(false);
  });

  it('is an hour shorter in the night when clocks go forward, and an hour longer when they go back', () => {
    expect(quietMinutes(BERLIN, '2026-03-27T12:00+01:00')).toBe(9 * 60);
    expect(quietMinutes(BERLIN, '2026-03-28T12:00+01:00')).toBe(8 * 60);
    expect(quietMinutes(BERLIN, '2026-10-24T12:00+02:00', 1500)).toBe(10 * 60);
  });

  it('ends when the clock skips the end', () => {
    const hours = { ...BERLIN, from: '23:00', to: '02:30' };
    expect(isQuiet(hours, Date.parse('2026-03-29T01:59:59+01:00'))).toBe(true);
    expect(isQuiet(hours, Date.parse('2026-03-29T03:00+02:00'))).toBe(false);
  });

  it('lasts exactly from start to end in every time zone, unless the clock changes', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago');
    fc.assert(
      fc.property(time, time, zone, (from, to, timeZone) => {
        fc.pre(from !== to);
        const expected = (minuteOf(to) - minuteOf(from) + 1440) % 1440;
        expect(quietMinutes({ from, to, timeZone }, '2026-05-01T00:00Z')).toBe(expected);
      }),
      { seed: 42, numRuns: 50 },
    );
  });
});
