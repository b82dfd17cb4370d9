import { setImmediate as nextTurn } from 'node:timers/promises';
import { collectGarbage } from './collect-garbage.js';

/**
 * The longest turn of the event loop during `work`, in milliseconds of this thread's CPU time: other processes do not
 * count, and neither does garbage collection on another thread.
 */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  // Else a turn would be charged with the garbage of what came before.
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
