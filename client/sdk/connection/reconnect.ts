import {
  merge,
  type MonoTypeOperatorFunction,
  type Observable,
  retryWhen,
  switchMap,
  take,
  throwError,
  timer,
} from 'rxjs';

export interface Reconnect {
  /** How long to wait after this failure; null: don't come back, the error goes on to the subscriber. */
  delayAfter: (error: unknown) => number | null;
  /** A reason to try at once: the network came back, the tab woke up, the person asked. */
  now: Observable<unknown>;
  onWaiting: (delayMs: number) => void;
}

/**
 * Subscribes again after each failure, for ever. `retryWhen` is what the owner of this project named; RxJS 7.8
 * deprecates it in favour of `retry({ delay })`, so it is used here and nowhere else.
 */
export function reconnect<T>({ delayAfter, now, onWaiting }: Reconnect): MonoTypeOperatorFunction<T> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- named by the owner; see above
  return retryWhen((failures) =>
    failures.pipe(
      switchMap((error: unknown) => {
        const delayMs = delayAfter(error);
        if (delayMs === null) return throwError(() => error);
        onWaiting(delayMs);
        return merge(timer(delayMs), now).pipe(take(1));
      }),
    ),
  );
}
