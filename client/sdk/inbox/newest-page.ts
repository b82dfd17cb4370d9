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
import type { InboxPage } from '../../../protocol/inbox.js';

/** Minimum interval of retries when a page fails, or lacks an entry that the next one would lack as well. */
export const READ_AGAIN_MS = 5000;
/** A network that neither answers nor fails: from then on something else is shown meanwhile. */
const PATIENCE_MS = 3000;

/**
 * The newest page. While there is something to show meanwhile it is asked for until it comes; else a failure goes on to
 * the subscriber.
 * @param showMeanwhile shows what there is, and says whether there is any
 * @param liveAfter the connection brings only what is newer than this id. A page that was asked for ahead of the program may
 * be older, where another tab has received more meanwhile: it is asked for again, once.
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
