import { setTimeout as delay } from 'node:timers/promises';
import { residentKb } from './accounting.js';

const LOOK_EVERY_MS = 1000;

/**
 * Memory of an idle process in KB: the minimum resident size, once it has not decreased for `settledMs`. Node collects
 * garbage only after some idle seconds; before that, most of the growth is garbage.
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
