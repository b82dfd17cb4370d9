import { jest } from '@jest/globals';
import { concat, defer, type Observable, Subject, throwError, timer } from 'rxjs';
import { reconnect } from './reconnect.ts';

describe('reconnect', () => {
  let madeAt: number[];
  let start: number;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    madeAt = [];
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Subscribes to a source that fails at once, each time. */
  function fail(again: (error: unknown) => Observable<unknown>, onError?: (error: unknown) => void): void {
    const failing = defer(() => {
      madeAt.push(Date.now() - start);
      return throwError(() => new Error('lost'));
    });
    failing.pipe(reconnect(again)).subscribe({ error: onError });
  }

  it('waits for its signal after each failure', () => {
    const delays = [500, 2000, 4000, 60_000];
    fail(() => timer(delays[madeAt.length - 1] ?? 0));
    jest.advanceTimersByTime(10_000);
    expect(madeAt).toEqual([0, 500, 2500, 6500]);
  });

  it('never gives up by itself', () => {
    fail(() => timer(1000));
    jest.advanceTimersByTime(9_000_000);
    expect(madeAt).toHaveLength(9001);
  });

  it('tries once for each failure, however often the signal comes', () => {
    const again = new Subject<void>();
    fail(() => again);
    again.next();
    again.next();
    expect(madeAt).toHaveLength(3);
  });

  it('passes on an error after which no attempt can succeed', () => {
    const seen: unknown[] = [];
    fail(
      (error) => (madeAt.length < 2 ? timer(100) : throwError(() => error)),
      (error) => seen.push(error),
    );
    jest.advanceTimersByTime(5000);
    expect([madeAt, seen]).toEqual([[0, 100], [new Error('lost')]]);
  });

  it('reconnects after a connection that had worked', () => {
    const second = new Subject<string>();
    const received: string[] = [];
    let attempts = 0;
    const worksOnce = defer(() => {
      attempts += 1;
      const lost = throwError(() => new Error('lost'));
      return attempts === 1 ? concat(['hello'], lost) : second;
    });
    worksOnce.pipe(reconnect(() => timer(100))).subscribe((value) => received.push(value));
    jest.advanceTimersByTime(100);
    second.next('again');
    expect(received).toEqual(['hello', 'again']);
  });
});
