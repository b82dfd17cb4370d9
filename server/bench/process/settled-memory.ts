import { setTimeout as delay } from 'node:timers/promises';
import { residentKb } from './accounting.js';

const LOOK_EVERY_MS = 1000;

/**
 * Memory of a process that has nothing to do, in KB: the least that is resident, once it has not become less for so
 * long. Node collects its garbage when it has been idle for some seconds; before that, garbage is most of what grows.
 */
export async function settledKb(pid: number, settledMs: number, giveUpMs: number): Promise<number> {
  const giveUpAt = Date.now() + giveUpMs;
  let least = residentKb(pid);
  let leastAt = Date.now();
  while (Date.now() < Math.min(leastAt + settledMs, giveUpAt)) {
    await delay(LOOK_EVERY_MS);
    const now = residentKb(pid);
    if (now >= least) continue;
    least = now;
    leastAt = Date.now();
  }
  return least;
}
