import { FirstArrivals } from './first-arrivals.ts';

describe('FirstArrivals', () => {
  it('takes each id once, so that a notification of several channels is shown by one toast', () => {
    const arrivals = new FirstArrivals();
    expect(['a', 'b', 'a', 'b', 'c'].filter((id) => arrivals.take(id))).toEqual(['a', 'b', 'c']);
  });

  it('forgets old ids, so that its size is bounded', () => {
    const arrivals = new FirstArrivals();
    for (let n = 0; n <= 5000; n++) arrivals.take(String(n));
    expect([arrivals.take('5000'), arrivals.take('1'), arrivals.take('0')]).toEqual([false, false, true]);
  });
});
