import { Logger } from '@nestjs/common';
import { Alarm, type Task } from './alarm.js';

describe('an alarm with a thousand tasks due at once', () => {
  const logger = new Logger('Alarm');
  let due: string[];
  let done: string[];
  let limits: number[];
  let failing: Set<string>;
  let alarm: Alarm;

  const run = (id: string) => (): Promise<void> => {
    if (failing.has(id)) return Promise.reject(new Error(`${id} failed`));
    done.push(id);
    due = due.filter((one) => one !== id);
    return Promise.resolve();
  };
  const dueBy = (_: string, limit: number): Promise<Task[]> => {
    limits.push(limit);
    return Promise.resolve(due.slice(0, limit).map((id) => ({ id, run: run(id) })));
  };

  beforeEach(() => {
    logger.error = () => undefined;
    due = Array.from({ length: 1000 }, (_, n) => `${n}`);
    [done, limits, failing] = [[], [], new Set()];
    alarm = new Alarm({ isShared: false, next: () => Promise.resolve(undefined), dueBy }, logger);
  });
  afterEach(() => alarm.stop());

  async function untilDone(count: number): Promise<void> {
    alarm.start();
    while (done.length < count) await new Promise(setImmediate);
  }

  test('runs them in order, a hundred per query', async () => {
    const all = [...due];
    await untilDone(1000);
    expect(done).toEqual(all);
    expect(Math.max(...limits)).toBe(100);
  });

  test('runs the tasks behind a hundred failing ones', async () => {
    failing = new Set(due.slice(0, 150));
    await untilDone(850);
    expect(done).toHaveLength(850);
  });
});
