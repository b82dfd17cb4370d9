import { backoffMs } from './backoff.js';

const BOUNDS = { minMs: 500, maxMs: 30_000 };
const highest = (): number => 0.999_999;

describe('backoffMs', () => {
  it('doubles its bound with each failure, up to the cap', () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 20].map((failures) => backoffMs(failures, BOUNDS, highest));
    expect(bounds).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('takes any time from nothing to the bound', () => {
    expect(backoffMs(3, BOUNDS, () => 0)).toBe(0);
    expect(backoffMs(3, BOUNDS, () => 0.5)).toBe(2000);
  });

  it('stays finite however long the server is away', () => {
    expect(backoffMs(5000, BOUNDS, highest)).toBe(30_000);
  });
});
