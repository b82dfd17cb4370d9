import type { InboxPage } from '@herald/protocol';
import { defer, distinctUntilChanged, EMPTY, type Observable, repeat, retry, switchMap, timer } from 'rxjs';
import type { InboxApi } from './inbox-api.ts';

/** Stale counts are asked for within this time, at random: an expiry makes those of many clients stale at once. */
const COUNTS_WITHIN_MS = 30_000;

/**
 * Asks for a page of one row while the counts are stale, and again until they are not.
 * @param areStale$ whether the counts are stale
 * @param random from 0 up to, but not including, 1
 */
export function countRefreshes(
  areStale$: Observable<boolean>,
  api: InboxApi,
  random: () => number,
): Observable<InboxPage> {
  const refresh = defer(() => api.page({ view: 'inbox' }, null, 1));
  const refreshes = (): Observable<InboxPage> =>
    timer(random() * COUNTS_WITHIN_MS).pipe(
      switchMap(() => refresh),
      retry({ delay: COUNTS_WITHIN_MS }),
      repeat(),
    );
  return areStale$.pipe(
    distinctUntilChanged(),
    switchMap((isStale) => (isStale ? refreshes() : EMPTY)),
  );
}
