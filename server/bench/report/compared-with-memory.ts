import { figure } from './numbers.js';
import type { Target } from './part-report.js';

const MAX_RATIO = 1.05;

/** The promise that a durable store costs hardly more than one in memory. @param ratio of its cost to that in memory */
export function comparedWithMemory(what: string, ratio: number): Target {
  return { what: `${what} ≤ ${MAX_RATIO} × in memory`, measured: `${figure(ratio)} ×`, isMet: ratio <= MAX_RATIO };
}
