import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { DeviceClock } from './device-clock';

test('a clock is off if it differs from the server’s by more than two minutes', () => {
  jest.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  const clock = TestBed.inject(DeviceClock);
  const compared = [
    'Sat, 31 Jan 2026 12:01:59 GMT',
    'Sat, 31 Jan 2026 12:14:00 GMT',
    'Sat, 31 Jan 2026 11:00:00 GMT',
    null,
  ];
  expect(compared.map((date) => (clock.compare(date), clock.aheadMs() / 60_000))).toEqual([0, -14, 60, 0]);
  jest.useRealTimers();
});
