import { setImmediate as nextTurn } from 'node:timers/promises';
import { collectGarbage } from './collect-garbage.js';

/**
 * The longest turn of the event loop during `work`, in milliseconds of this thread's CPU time. Excludes other
 * processes, and garbage collection on other threads.
 */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  // Keeps earlier garbage from being charged to a turn.
  collectGarbage();
  let isOver = false;
  let longest = 0;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const before = process.threadCpuUsage();
      await nextTurn();
      const { user, system } = process.threadCpuUsage(before);
      longest = Math.max(longest, (user + system) / 1000);
    }
  };
  const watching = watch();
  try {
    await work();
  } finally {
    isOver = true;
    await watching;
  }
  return longest;
}
