import { jest } from '@jest/globals';
import { concat, defer, Subject, throwError } from 'rxjs';
import { reconnect } from './reconnect.js';

describe('reconnect', () => {
  let now: Subject<void>;
  let madeAt: number[];
  let ended: boolean;
  let start: number;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    now = new Subject();
    madeAt = [];
    ended = false;
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Subscribes to a source that fails at once, each time. @param delays after the first failure, the second, … */
  function fail(delays: (number | null)[]): void {
    const failing = defer(() => {
      madeAt.push(Date.now() - start);
      return throwError(() => new Error('lost'));
    });
    const delayAfter = (): number | null => delays[madeAt.length - 1] ?? null;
    failing.pipe(reconnect({ delayAfter, now, onWaiting: () => undefined })).subscribe({ error: () => (ended = true) });
  }

  it('waits as long as it is told after each failure', () => {
    fail([500, 2000, 4000, 60_000]);
    jest.advanceTimersByTime(10_000);
    expect(madeAt).toEqual([0, 500, 2500, 6500]);
  });

  it('never gives up by itself', () => {
    fail(Array.from({ length: 10_000 }, () => 1000));
    jest.advanceTimersByTime(9_000_000);
    expect(madeAt.length).toBe(9001);
  });

  it('tries at once when the network comes back, and only once for it', () => {
    fail([30_000, 30_000, 30_000]);
    jest.advanceTimersByTime(3000);
    now.next();
    jest.advanceTimersByTime(29_000);
    expect(madeAt).toEqual([0, 3000]);
  });

  it('passes the error on when another attempt can not help', () => {
    fail([100, null]);
    jest.advanceTimersByTime(5000);
    expect(madeAt).toEqual([0, 100]);
    expect(ended).toBe(true);
  });

  it('comes back after a connection that had worked', () => {
    const again = new Subject<string>();
    const received: string[] = [];
    let attempts = 0;
    const worksOnce = defer(() => {
      attempts += 1;
      return attempts === 1
        ? concat(
            ['hello'],
            throwError(() => new Error('lost')),
          )
        : again;
    });
    worksOnce
      .pipe(reconnect({ delayAfter: () => 100, now, onWaiting: () => undefined }))
      .subscribe((value) => received.push(value));
    jest.advanceTimersByTime(100);
    again.next('again');
    expect(received).toEqual(['hello', 'again']);
  });
});
