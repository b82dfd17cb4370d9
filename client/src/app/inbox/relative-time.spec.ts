import { relativeTime } from './relative-time';

const NOW = Date.UTC(2026, 0, 31, 8);

function ago(seconds: number): string {
  return relativeTime(new Date(NOW - seconds * 1000).toISOString(), NOW);
}

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1m ago'],
    [3599, '59m ago'],
    [3600, '1h ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3d ago'],
  ])('says of %d s: %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });

  it('does not speak of the future when the clocks of page and server differ', () => {
    expect(ago(-30)).toBe('now');
  });
});
