import { type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';

/** Signal of `performance.now()`, a monotonic clock, updated every `everyMs`. Call it in an injection context. */
export function tickingNow(everyMs: number): Signal<number> {
  return toSignal(timer(0, everyMs).pipe(map(() => performance.now())), { initialValue: performance.now() });
}
