import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Collects twice: a collection waits for the threads that free the buffers found by the previous one. */
export function collectGarbage(): void {
  gc();
  gc();
}

/** Bytes of the heap that are still referenced. */
export function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
