import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Twice, since a collection first waits for the threads that free the buffers found by the last one. */
export function collectGarbage(): void {
  gc();
  gc();
}

/** Bytes of the heap that something refers to. */
export function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
