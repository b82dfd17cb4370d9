import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of the heap that something refers to. */
export function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
