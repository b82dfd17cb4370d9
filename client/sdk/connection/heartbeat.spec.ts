import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { heartbeat, HeartbeatMissed } from './heartbeat.ts';

describe('heartbeat', () => {
  let acknowledgements: Subject<void>;
  let wake: Subject<void>;
  let sent: number;
  let error: unknown;

  beforeEach(() => {
    jest.useFakeTimers();
    acknowledgements = new Subject();
    wake = new Subject();
    sent = 0;
    error = undefined;
    heartbeat({ everyMs: 30_000, wake, acknowledgements, send: () => (sent += 1) }).subscribe({
      error: (caught: unknown) => (error = caught),
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is sent every 30 s as long as each is answered', () => {
    for (let beats = 1; beats <= 3; beats++) {
      jest.advanceTimersByTime(29_999);
      expect(sent).toBe(beats - 1);
      jest.advanceTimersByTime(1);
      expect(sent).toBe(beats);
      acknowledgements.next();
    }
    expect(error).toBeUndefined();
  });

  it('fails 10 s after a heartbeat without an answer', () => {
    jest.advanceTimersByTime(30_000 + 9999);
    expect(error).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });

  it('is sent at once when the tab wakes up, and has to be answered within 4 s', () => {
    jest.advanceTimersByTime(5000);
    wake.next();
    expect(sent).toBe(1);
    jest.advanceTimersByTime(3999);
    expect(error).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });

  it('keeps the deadline of a missing answer when the next one is due', () => {
    jest.advanceTimersByTime(27_000);
    wake.next();
    jest.advanceTimersByTime(2000);
    wake.next();
    expect(sent).toBe(1);
    jest.advanceTimersByTime(2000);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });

  it('takes no answer to an earlier one for proof that the line is alive after a wake-up', () => {
    jest.advanceTimersByTime(30_000);
    wake.next();
    expect(sent).toBe(2);
    acknowledgements.next();
    jest.advanceTimersByTime(4000);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });

  it('goes on after both answers', () => {
    jest.advanceTimersByTime(30_000);
    wake.next();
    acknowledgements.next();
    acknowledgements.next();
    jest.advanceTimersByTime(30_000);
    expect([sent, error]).toEqual([3, undefined]);
    acknowledgements.next();
    wake.next();
    acknowledgements.next();
    jest.advanceTimersByTime(10_000);
    expect(error).toBeUndefined();
  });
});
