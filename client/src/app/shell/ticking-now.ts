import { type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';

/** The time by the monotonic clock of `performance.now()`, looked at every `everyMs`. Call it where things may be injected. */
export function tickingNow(everyMs: number): Signal<number> {
  return toSignal(timer(0, everyMs).pipe(map(() => performance.now())), { initialValue: performance.now() });
}
