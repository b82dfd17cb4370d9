import { Retries } from './retries.js';

const highest = (): number => 0.999_999;

describe('Retries', () => {
  let now = 0;
  let retries: Retries;

  beforeEach(() => {
    now = 0;
    retries = new Retries(() => now, highest);
  });

  it('waits longer with each failure in a row', () => {
    expect([retries.failed(), retries.failed(), retries.failed()]).toEqual([1000, 2000, 4000]);
  });

  it('starts anew after a connection that lived for 5 s', () => {
    retries.failed();
    retries.failed();
    retries.live();
    now += 5000;
    expect(retries.failed()).toBe(1000);
  });

  it('counts a connection that ended at once as one more failure', () => {
    retries.failed();
    retries.live();
    now += 4999;
    expect(retries.failed()).toBe(2000);
  });

  it('keeps to the bounds that the server advises', () => {
    retries.advise({ minMs: 2000, maxMs: 5000 });
    expect([retries.failed(), retries.failed()]).toEqual([4000, 5000]);
  });
});
