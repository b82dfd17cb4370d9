import { isInstant } from './is-instant.js';

describe('isInstant', () => {
  test.each([
    '2026-01-31T08:00:00Z',
    '2026-01-31T08:00Z',
    '2026-01-31T08:00:00.123456+05:30',
    '2026-01-31',
    '2028-02-29',
    '0000-01-01',
    '9999-12-31T23:59:59Z',
    '2026-03-01T00:30:00+02:00',
  ])('accepts %s', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  test.each([
    '2026-02-29',
    '2026-02-31T08:00:00Z',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-31T25:00:00Z',
    '2026-01-31T08:00:00+99:99',
  ])('rejects %s, which no calendar or clock has', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  test.each([
    '',
    'tomorrow',
    '2026-1-31',
    '31.01.2026',
    '2026-01-31T08:00:00',
    '+12026-01-31',
    1769846400,
    null,
    new Date(0),
  ])('rejects %j', (value) => {
    expect(isInstant(value)).toBe(false);
  });
});
