import { setImmediate as nextTurn } from 'node:timers/promises';
import { LoopShare } from './loop-share.js';

describe('LoopShare', () => {
  let now: number;
  let share: LoopShare;

  beforeEach(() => {
    now = 0;
    share = new LoopShare(5, () => now);
  });

  test('is shared by all work of a turn, and starts again in the next turn', async () => {
    expect(share.isUsedUp()).toBe(false);
    now += 4;
    expect(share.isUsedUp()).toBe(false);
    now += 1;
    expect(share.isUsedUp()).toBe(true);
    await nextTurn();
    expect(share.isUsedUp()).toBe(false);
  });

  test('resumes paused work at once until it is used up', async () => {
    let steps = 0;
    const work = (async () => {
      for (; steps < 20; steps++) {
        now += 2;
        await share.pause();
      }
    })();
    await Promise.resolve();
    await nextTurn();
    expect(steps).toBeLessThan(10);
    await work;
    expect(steps).toBe(20);
  });

  test('resumes waiting work in order, one piece a turn', async () => {
    const done: number[] = [];
    const doneAfterTurns: number[] = [];
    for (const n of [1, 2, 3]) void share.next().then(() => done.push(n));
    for (let turn = 0; turn < 4; turn++) {
      await nextTurn();
      doneAfterTurns.push(done.length);
    }
    expect(done).toEqual([1, 2, 3]);
    expect(doneAfterTurns.slice(1).every((count, turn) => count - (doneAfterTurns[turn] ?? 0) <= 1)).toBe(true);
  });
});
