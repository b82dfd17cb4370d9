import { defer, from, ignoreElements, merge, type Observable, retry, switchMap, tap, throwError, timer } from 'rxjs';
import type { InboxPage } from '../../../../../protocol/inbox';

const READ_AGAIN_MS = 5000;
/** A network that neither answers nor fails: from then on something else is shown meanwhile. */
const PATIENCE_MS = 3000;

/**
 * The newest page. While there is something to show meanwhile it is asked for until it comes; else a failure goes on to
 * the subscriber.
 * @param showMeanwhile shows what there is, and says whether there is any
 */
export function newestPage(ask: () => Promise<InboxPage>, showMeanwhile: (error?: unknown) => Promise<boolean>): Observable<InboxPage> {
  const page = defer(ask).pipe(
    retry({
      delay: (error: unknown) =>
        from(showMeanwhile(error)).pipe(switchMap((isShown) => (isShown ? timer(READ_AGAIN_MS) : throwError(() => error)))),
    }),
  );
  return merge(page, timer(PATIENCE_MS).pipe(tap(() => void showMeanwhile()), ignoreElements()));
}
