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

  it('is sent at once when the tab wakes up', () => {
    jest.advanceTimersByTime(5000);
    wake.next();
    expect(sent).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });

  it('keeps the deadline of a missing answer when the next heartbeat is due', () => {
    jest.advanceTimersByTime(25_000);
    wake.next();
    jest.advanceTimersByTime(9000);
    wake.next();
    expect(sent).toBe(1);
    jest.advanceTimersByTime(1000);
    expect(error).toBeInstanceOf(HeartbeatMissed);
  });
});
