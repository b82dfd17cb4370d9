import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The longest turn of the event loop while `work` goes on, in milliseconds of this process's own time: that of others
 * on the machine does not count, and neither does a collection of garbage on another thread.
 */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
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
