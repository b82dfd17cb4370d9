import { fieldTime } from './field-time';

describe('fieldTime', () => {
  it('is an instant in a field as on the clock of this machine', () => {
    expect(fieldTime(new Date(2026, 10, 4, 8, 5).getTime())).toBe('2026-11-04T08:05');
  });
});
