import { Lag } from './lag.js';

describe('the lag of this process', () => {
  test('is zero for input that wakes it', () => {
    const lag = new Lag();
    lag.schedules(100);
    expect(lag.readLateMs(100)).toBe(0);
    expect(lag.readLateMs(104)).toBe(4);
  });

  test('is the time since the start of the last flush, for input that is read after it', () => {
    const lag = new Lag();
    lag.schedules(100);
    lag.flushes(101);
    lag.schedules(126);
    expect(lag.readLateMs(130)).toBe(29);
  });

  test('does not include sleep', () => {
    const lag = new Lag();
    lag.schedules(100);
    lag.flushes(101);
    lag.rests();
    expect(lag.readLateMs(500)).toBe(0);
    lag.schedules(500);
    expect(lag.readLateMs(502)).toBe(2);
  });

  test('is expected to be as long as before, and shorter after each flush that waited less', () => {
    const lag = new Lag();
    lag.schedules(0);
    lag.flushes(40);
    expect(lag.ms).toBe(40);
    lag.schedules(50);
    lag.flushes(51);
    expect(lag.ms).toBe(30);
  });

  test('includes the time of a flush that yielded', () => {
    const lag = new Lag();
    lag.schedules(0);
    lag.flushes(1);
    lag.pauses(26);
    expect(lag.ms).toBe(25);
  });
});
