import { quietNow } from './quiet-now';

describe('the sentence about quiet hours', () => {
  const hours = { from: '22:00', to: '07:00', timeZone: 'Asia/Tokyo' };

  it.each([
    [
      '2026-01-31T13:00:00Z',
      'It is 22:00 in this time zone: now only high priority alerts you. The rest is summed up at 07:00.',
    ],
    ['2026-01-31T12:59:00Z', 'It is 21:59 in this time zone: now notifications alert you as usual, until 22:00.'],
  ])('at %s', (at, words) => {
    expect(quietNow(hours, Date.parse(at))).toBe(words);
  });
});
