import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Alarm, type Task } from './alarm.js';

const MINUTE = 60_000;

describe('Alarm', () => {
  /** Due times in milliseconds, by task id. */
  let tasks: Map<string, number>;
  let done: string[];
  let failing: Set<string>;
  let logged: jest.SpiedFunction<Logger['error']>;
  let alarm: Alarm;
  let logger: Logger;
  let next: (after: string) => Promise<string | undefined>;
  let dueBy: jest.Mock<(now: string, limit: number) => Promise<Task[]>>;

  beforeEach(() => {
    jest.useFakeTimers();
    tasks = new Map();
    done = [];
    failing = new Set();
    dueBy = jest.fn((now: string) =>
      Promise.resolve([...tasks].filter(([, at]) => at <= Date.parse(now)).map(([id]) => ({ id, run: () => run(id) }))),
    );
    next = (after: string): Promise<string | undefined> => {
      const later = [...tasks.values()].filter((at) => at > Date.parse(after));
      return Promise.resolve(later.length === 0 ? undefined : new Date(Math.min(...later)).toISOString());
    };
    logger = new Logger('Alarm');
    logged = jest.spyOn(logger, 'error').mockImplementation(() => undefined);
    alarm = alarmOf(false);
  });

  afterEach(() => {
    alarm.stop();
    jest.useRealTimers();
  });

  /** @param isShared whether other processes add tasks */
  function alarmOf(isShared: boolean): Alarm {
    return new Alarm({ isShared, next, dueBy }, logger);
  }

  function run(id: string): Promise<void> {
    if (failing.has(id)) return Promise.reject(new Error(`${id} failed`));
    done.push(id);
    tasks.delete(id);
    return Promise.resolve();
  }

  function schedule(id: string, ms: number): void {
    tasks.set(id, Date.now() + ms);
    alarm.bringForward(new Date(Date.now() + ms).toISOString());
  }

  test('runs tasks at their instants with one timer, and with none when nothing is scheduled', async () => {
    schedule('b', 2 * MINUTE);
    schedule('a', MINUTE);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect([done, jest.getTimerCount()]).toEqual([['a'], 1]);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect([done, jest.getTimerCount()]).toEqual([['a', 'b'], 0]);
  });

  test('runs other tasks on time beside a failing one, and retries that one until it succeeds', async () => {
    failing.add('a');
    schedule('a', MINUTE);
    schedule('b', MINUTE);
    schedule('c', MINUTE + 500);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(done).toEqual(['b']);
    schedule('d', 700);
    await jest.advanceTimersByTimeAsync(500);
    expect(done).toEqual(['b', 'c']);
    await jest.advanceTimersByTimeAsync(200);
    expect(done).toEqual(['b', 'c', 'd']);
    failing.clear();
    await jest.advanceTimersByTimeAsync(300);
    expect([done, jest.getTimerCount()]).toEqual([['b', 'c', 'd', 'a'], 0]);
  });

  test('retries a failed task with a backoff that doubles from a second to a minute, and logs it once', async () => {
    failing.add('a');
    schedule('a', 0);
    const triedAt: number[] = [];
    dueBy.mockImplementation(() =>
      Promise.resolve([{ id: 'a', run: () => (triedAt.push(Date.now() - startedAt), run('a')) }]),
    );
    const startedAt = Date.now();
    await jest.advanceTimersByTimeAsync(4 * MINUTE);
    expect(triedAt.map((ms) => ms / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    expect(logged.mock.calls).toEqual([[new Error('a failed')]]);
  });

  test('resets the backoff of a task that succeeds', async () => {
    failing.add('a');
    schedule('a', 0);
    await jest.advanceTimersByTimeAsync(7000);
    failing.clear();
    await jest.advanceTimersByTimeAsync(8000);
    expect(done).toEqual(['a']);
    failing.add('a');
    schedule('a', 0);
    await jest.advanceTimersByTimeAsync(0);
    expect(logged).toHaveBeenCalledTimes(2);
    failing.clear();
    await jest.advanceTimersByTimeAsync(1000);
    expect(done).toEqual(['a', 'a']);
  });

  test('looks every two seconds for tasks that other processes add', async () => {
    alarm = alarmOf(true);
    alarm.start();
    await jest.advanceTimersByTimeAsync(MINUTE);
    tasks.set('of another process', Date.now());
    await jest.advanceTimersByTimeAsync(2000);
    expect(done).toEqual(['of another process']);
  });

  test('drops the retry of a task that is no longer due', async () => {
    failing.add('a');
    schedule('a', 0);
    await jest.advanceTimersByTimeAsync(0);
    tasks.clear();
    await jest.advanceTimersByTimeAsync(1000);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('retries a failed query for due tasks with a backoff, and logs it once', async () => {
    dueBy.mockRejectedValueOnce(new Error('disk full')).mockRejectedValueOnce(new Error('disk full'));
    schedule('a', MINUTE);
    await jest.advanceTimersByTimeAsync(MINUTE + 2999);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['a']);
    expect(logged.mock.calls).toEqual([[new Error('disk full')]]);
  });

  test('runs a task scheduled while it rings, even for an instant that has just passed', async () => {
    schedule('a', MINUTE);
    dueBy.mockImplementationOnce(() => {
      schedule('late', -1);
      return Promise.resolve([{ id: 'a', run: () => run('a') }]);
    });
    await jest.advanceTimersByTimeAsync(MINUTE);
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['a', 'late']);
  });

  test('never runs a task twice at once, however long it takes', async () => {
    let finish = (): void => undefined;
    const runs: string[] = [];
    dueBy.mockImplementation(() =>
      Promise.resolve([{ id: 'slow', run: () => (runs.push('slow'), new Promise((resolve) => (finish = resolve))) }]),
    );
    alarm.start();
    await jest.advanceTimersByTimeAsync(0);
    schedule('b', 10);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(runs).toEqual(['slow']);
    dueBy.mockResolvedValue([]);
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(dueBy).toHaveBeenCalledTimes(2);
  });

  test('rings no later than five seconds after the wall clock steps past an instant', async () => {
    schedule('a', 30_000);
    await jest.advanceTimersByTimeAsync(1000);
    jest.setSystemTime(Date.now() + 26_000);
    await jest.advanceTimersByTimeAsync(4000);
    expect(done).toEqual(['a']);
    schedule('b', 30_000);
    jest.setSystemTime(Date.now() + MINUTE);
    await jest.advanceTimersByTimeAsync(5000);
    expect(done).toEqual(['a', 'b']);
  });

  test('rings at the instant by the wall clock, even if the clock is set back', async () => {
    schedule('a', 30_000);
    await jest.advanceTimersByTimeAsync(29_000);
    jest.setSystemTime(Date.now() - MINUTE);
    await jest.advanceTimersByTimeAsync(60_999);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['a']);
  });

  test.each([MINUTE, -MINUTE])('keeps the backoff of a retry when the wall clock steps by %i ms', async (stepMs) => {
    failing.add('a');
    schedule('a', 0);
    await jest.advanceTimersByTimeAsync(0);
    tasks.set('a', -Infinity);
    failing.clear();
    jest.setSystemTime(Date.now() + stepMs);
    await jest.advanceTimersByTimeAsync(999);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['a']);
  });

  test('queries its agenda only when a task is due, however often it checks the clock', async () => {
    schedule('a', 60 * MINUTE);
    await jest.advanceTimersByTimeAsync(59 * MINUTE);
    expect(dueBy).not.toHaveBeenCalled();
  });

  test('runs a task that stays due once per round, and again after a backoff', async () => {
    const told = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const runs: number[] = [];
    const stuck = Array.from({ length: 250 }, (_, n) => ({
      id: String(n),
      run: () => (runs.push(n), Promise.resolve()),
    }));
    dueBy.mockImplementation((_, limit) => Promise.resolve(stuck.slice(0, limit)));
    alarm = new Alarm({ isShared: false, next: () => Promise.resolve(undefined), dueBy }, new Logger('Alarm'), {
      isUsedUp: () => false,
      next: () => Promise.resolve(),
    });
    alarm.start();
    await jest.advanceTimersByTimeAsync(0);
    expect([runs.length, new Set(runs).size]).toEqual([250, 250]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(runs.length).toBeLessThanOrEqual(500);
    expect(told).toHaveBeenCalledWith(new Error('0 is still due after it was done'));
    told.mockRestore();
  });

  test('runs overdue tasks at its start, and nothing after its stop', async () => {
    tasks.set('old', Date.now() - MINUTE);
    alarm.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(done).toEqual(['old']);
    schedule('a', MINUTE);
    alarm.stop();
    schedule('b', MINUTE);
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect([done, jest.getTimerCount()]).toEqual([['old'], 0]);
  });
});
