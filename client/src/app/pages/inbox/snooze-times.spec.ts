import { isSnoozeTime, snoozeTimes } from './snooze-times';

function times(now: Date): Record<string, string> {
  return Object.fromEntries(
    snoozeTimes(now.getTime()).map(({ label, until }) => [label, new Date(until).toString().slice(0, 21)]),
  );
}

describe('snoozeTimes', () => {
  it('offers an hour, the evening, the morning and the next Monday', () => {
    expect(times(new Date(2026, 10, 24, 9, 30))).toEqual({
      '1 hour': 'Tue Nov 24 2026 10:30',
      'This evening': 'Tue Nov 24 2026 18:00',
      'Tomorrow morning': 'Wed Nov 25 2026 08:00',
      'Next week': 'Mon Nov 30 2026 08:00',
    });
  });

  it('leaves the evening out when it is near or there', () => {
    expect(times(new Date(2026, 10, 24, 17, 0))['This evening']).toBeUndefined();
  });

  it('may be any that is ahead, by a year at most', () => {
    const now = new Date(2026, 10, 24, 9, 30).getTime();
    const inDays = (days: number): number => now + days * 86_400_000;
    expect([NaN, now - 1, now, now + 1, inDays(366), inDays(367)].map((until) => isSnoozeTime(until, now))).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('means the Monday after, on a Monday', () => {
    expect(times(new Date(2026, 10, 30, 9, 0))['Next week']).toBe('Mon Dec 07 2026 08:00');
  });
});
