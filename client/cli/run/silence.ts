import { setTimeout as sleep } from 'node:timers/promises';
import type { LastLines } from './last-lines.ts';

const SECONDS_MAX = 5;

const aSecond = (): Promise<unknown> => sleep(1000, undefined, { ref: false });

/**
 * Waits, once a command has ended, for the output of processes that it has left behind: until there is none for a second,
 * or for 5 s.
 * @param isBackedUp whether the reader of the output is behind: that time does not count
 */
export async function silenceOf(
  output: Pick<LastLines, 'bytes'>,
  isBackedUp: () => boolean,
  pause = aSecond,
): Promise<void> {
  let before = -1;
  for (let seconds = 0; (before !== output.bytes && seconds < SECONDS_MAX) || isBackedUp();) {
    before = output.bytes;
    if (!isBackedUp()) seconds += 1;
    await pause();
  }
}
