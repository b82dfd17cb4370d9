import { Backoff } from './backoff.ts';

const highest = (): number => 0.999_999;

describe('Backoff', () => {
  let now = 0;
  let backoff: Backoff;

  beforeEach(() => {
    now = 0;
    backoff = new Backoff(() => now, highest);
  });

  const failures = (count: number): number[] => Array.from({ length: count }, () => backoff.failed());

  it('starts at the lower bound, and doubles with each failure up to the upper one', () => {
    expect(failures(8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('takes any time from zero to the bound', () => {
    const half = new Backoff(
      () => 0,
      () => 0.5,
    );
    const none = new Backoff(
      () => 0,
      () => 0,
    );
    expect([half.failed(), half.failed(), none.failed()]).toEqual([250, 500, 0]);
  });

  it('stays finite however long the server is away', () => {
    expect(failures(5000).at(-1)).toBe(30_000);
  });

  it('starts again after a connection that lived for 5 s', () => {
    failures(2);
    backoff.live();
    now += 5000;
    expect(backoff.failed()).toBe(500);
  });

  it('counts a connection that ended at once as another failure', () => {
    failures(1);
    backoff.live();
    now += 4999;
    expect(backoff.failed()).toBe(1000);
  });

  it('keeps to the bounds that the server advises', () => {
    backoff.advise({ minMs: 2000, maxMs: 5000 });
    expect(failures(3)).toEqual([2000, 4000, 5000]);
  });

  it('waits at least half of the upper bound after 4429', () => {
    const lowest = new Backoff(
      () => 0,
      () => 0,
    );
    expect([lowest.refused(), backoff.refused()]).toEqual([15_000, 30_000]);
  });
});
