/** An older response may be out of date, so the app requests it anew. */
const FRESH_MS = 30_000;

/** A request that was made while the app was still loading. */
export interface PrefetchedRequest {
  method: string;
  url: string;
  token: string | null;
  /** JSON. */
  body: string | null;
  /** By `performance.now()`, in milliseconds. */
  at: number;
  response: Promise<Response>;
}

/**
 * State that the prefetching script shares with the app. Each bundle has its own copy of this module, so they share only
 * this global.
 */
export interface Prefetch {
  requests: PrefetchedRequest[];
  /** Requests, as `requestLine` names them, that the app has made itself. Undefined once the script makes no more. */
  madeByApp: Set<string> | undefined;
  /** Whether the first page will be the inbox, because somebody is signed in or the demo account will be. */
  isInboxNext: Promise<boolean>;
}

declare global {
  // Undefined where the script has not run, as in tests. Globals can only be declared with `var`.
  var heraldPrefetch: Prefetch | undefined;
}

export function requestLine({ method, url }: { method: string; url: string }): string {
  return `${method} ${url}`;
}

/** The prefetched response to an equal request, once; undefined if there is none or it is older than 30 s. */
export function takePrefetched(wanted: Omit<PrefetchedRequest, 'at' | 'response'>): Promise<Response> | undefined {
  const prefetch = globalThis.heraldPrefetch;
  if (prefetch === undefined) return undefined;
  const { method, url, token, body } = wanted;
  const index = prefetch.requests.findIndex(
    (request) => request.method === method && request.url === url && request.token === token && request.body === body,
  );
  const [taken] = index < 0 ? [] : prefetch.requests.splice(index, 1);
  // The script must not repeat this request: the response would be unused, or be taken after a restart of the server.
  if (taken === undefined) prefetch.madeByApp?.add(requestLine(wanted));
  return taken !== undefined && performance.now() - taken.at < FRESH_MS ? taken.response : undefined;
}
