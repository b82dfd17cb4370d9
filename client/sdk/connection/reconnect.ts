import { type MonoTypeOperatorFunction, type Observable, retryWhen, switchMap, take } from 'rxjs';

/**
 * Subscribes again after each failure, for ever. `retryWhen` is the operator that the owner of this project named; RxJS
 * 7.8 deprecates it in favour of `retry({ delay })`, so it is used here and nowhere else.
 * @param again receives the error. When it emits, the next attempt starts; its own error goes to the subscriber
 */
export function reconnect<T>(again: (error: unknown) => Observable<unknown>): MonoTypeOperatorFunction<T> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- named by the owner; see above
  return retryWhen((failures) => failures.pipe(switchMap((error: unknown) => again(error).pipe(take(1)))));
}
