import type { InboxFilter, InboxPage } from '@herald/protocol';
import { defer, EMPTY, expand, map, type Observable, retry, throwError, timer } from 'rxjs';
import type { InboxApi } from './inbox-api.ts';
import { type InboxState, listIn } from './inbox-state.ts';
import { isPlain } from './kept-inbox.ts';
import { READ_AGAIN_MS } from './newest-page.ts';
import { ENTITIES_MAX } from './updaters/trimmed.ts';

/** Rows of a page. */
export const PAGE_ROWS = 50;
/** Rows of a refetch's page: the most that the server gives. */
const REFETCH_ROWS = 200;

/** A page, and the cursor that it was asked with; null for the newest. */
export interface Fetched {
  readonly page: InboxPage;
  readonly before: string | null;
}

/** A list that is read again. */
export interface Refetch {
  readonly api: InboxApi;
  readonly filter: InboxFilter;
  /** Cursor down to which it was loaded, null for its end; undefined if it was not loaded: one page is then enough. */
  readonly loadedTo: string | null | undefined;
  /** Rows that it had. */
  readonly rows: number;
  /** Rows after which it stops, however long the list is. */
  readonly enough: number;
}

/** The refetch of the list that this state shows. */
export function refetchOf(state: InboxState, api: InboxApi): Refetch {
  const { filter, asOf, cursor, depth } = state.inbox.query;
  const isLoaded = asOf !== '' || (state.keptAt !== null && isPlain(filter));
  return {
    api,
    filter,
    loadedTo: isLoaded ? cursor : undefined,
    rows: isLoaded ? listIn(state).length : 0,
    enough: Math.max(ENTITIES_MAX, depth),
  };
}

/** Rows to ask for with the first page. */
export function firstRows({ rows }: Refetch): number {
  return Math.min(Math.max(rows, PAGE_ROWS), REFETCH_ROWS);
}

/**
 * The first page and those behind it, down to where the list was loaded. A page behind the first is asked for until it
 * comes, or the server refuses.
 */
export function withRest(first$: Observable<InboxPage>, refetch: Refetch): Observable<Fetched> {
  let rows = 0;
  return first$.pipe(
    map((page): Fetched => ({ page, before: null })),
    expand(({ page }) => {
      rows += page.items.length;
      return isLoadedBeyond(page.nextCursor, refetch) && rows < refetch.enough
        ? older(refetch, page.nextCursor)
        : EMPTY;
    }),
  );
}

/** Whether the list was loaded further than to this cursor. */
export function isLoadedBeyond(next: string | null, { loadedTo }: Refetch): next is string {
  return loadedTo !== undefined && next !== null && next > (loadedTo ?? '');
}

function older({ api, filter }: Refetch, before: string): Observable<Fetched> {
  return defer(() => api.page(filter, before, REFETCH_ROWS)).pipe(
    retry({ delay: (error: unknown) => (api.isRefused(error) ? throwError(() => error) : timer(READ_AGAIN_MS)) }),
    map((page) => ({ page, before })),
  );
}
