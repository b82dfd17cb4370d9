import type { InboxPage } from '@herald/protocol';
import {
  defer,
  from,
  ignoreElements,
  merge,
  type Observable,
  of,
  retry,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';

/** Interval of retries when a page fails, or lacks an entry that the next one may lack as well. */
export const READ_AGAIN_MS = 5000;
/** Time after which something else is shown, if the network neither answers nor fails. */
const PATIENCE_MS = 3000;

/**
 * The newest page. It is asked for until it comes, as long as something else can be shown meanwhile; otherwise the
 * subscriber receives the error.
 * @param showMeanwhile shows something else, and says whether there is anything
 * @param liveAfter the connection brings only entries after this id. A prefetched page may be older, if another tab has
 * received more meanwhile; it is then asked for again, once.
 */
export function newestPage(
  ask: () => Promise<InboxPage>,
  showMeanwhile: (error?: unknown) => Promise<boolean>,
  liveAfter: string,
): Observable<InboxPage> {
  const page = defer(ask).pipe(
    switchMap((come) => (come.asOf < liveAfter ? ask() : of(come))),
    retry({
      delay: (error: unknown) =>
        from(showMeanwhile(error)).pipe(
          switchMap((isShown) => (isShown ? timer(READ_AGAIN_MS) : throwError(() => error))),
        ),
    }),
  );
  return merge(
    page,
    timer(PATIENCE_MS).pipe(
      tap(() => void showMeanwhile()),
      ignoreElements(),
    ),
  ).pipe(take(1));
}
