import type { InboxFilter, InboxPage } from '@herald/protocol';
import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  type Observable,
  repeat,
  retry,
  switchMap,
  throwError,
  timer,
} from 'rxjs';
import { countsOf } from './counts-of.ts';
import type { Inbox } from './inbox.ts';
import type { InboxApi } from './inbox-api.ts';
import type { InboxItem } from './inbox-item.ts';
import { itemOf } from './items-of.ts';
import { matches } from './matches.ts';
import { READ_AGAIN_MS } from './newest-page.ts';

/** Unconfirmed notifications that are held whatever the list shows: the newest ones. */
export const UNCONFIRMED_MAX = 20;

const UNCONFIRMED: InboxFilter = { view: 'inbox', unconfirmed: true };

/** Those of these items that the person must confirm, at most `UNCONFIRMED_MAX`. @param items newest first */
export function unconfirmedOf<Item extends InboxItem>(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => matches(item, UNCONFIRMED)).slice(0, UNCONFIRMED_MAX);
}

/** Whether fewer unconfirmed notifications are held than the counts tell of. */
export function lacksUnconfirmed(inbox: Inbox): boolean {
  const expected = Math.min(countsOf(inbox).unconfirmed, UNCONFIRMED_MAX);
  let held = 0;
  for (const [id, entity] of inbox.entities) {
    if (held >= expected) return false;
    const isOpen = entity.notification.requiresAck === true && !inbox.gone.has(id);
    if (isOpen && matches(itemOf(inbox, entity), UNCONFIRMED)) held += 1;
  }
  return held < expected;
}

/** Asks for the unconfirmed notifications while some are lacking: they may be older than all pages of the list. */
export function unconfirmedPages(areLacking$: Observable<boolean>, api: InboxApi): Observable<InboxPage> {
  const pages = defer(() => api.page(UNCONFIRMED, null, UNCONFIRMED_MAX)).pipe(
    retry({ delay: (error: unknown) => (api.isRefused(error) ? throwError(() => error) : timer(READ_AGAIN_MS)) }),
    repeat({ delay: READ_AGAIN_MS }),
    catchError(() => EMPTY),
  );
  return areLacking$.pipe(
    distinctUntilChanged(),
    switchMap((areLacking) => (areLacking ? pages : EMPTY)),
  );
}
