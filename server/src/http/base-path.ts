import type { IncomingMessage } from 'node:http';

/** Requests that have been looked at: the page's port hands requests on to the port of the API. */
const seen = new WeakSet<IncomingMessage>();

/**
 * Removes the base path from the URL of a request, for a proxy that passes it on. A URL without it stays as it is:
 * another proxy has removed it. It is removed once, so a topic of ntfy may have its name behind a proxy that passes it
 * on. Behind one that removes it, `/herald` is either: it becomes `/`, and such a topic is published at `/ntfy/herald`.
 * @param basePath such as `/herald`; empty: the server is at the root
 */
export function removeBasePath(request: IncomingMessage, basePath: string): void {
  const { url = '' } = request;
  if (basePath === '' || seen.has(request)) return;
  seen.add(request);
  if (!url.startsWith(basePath)) return;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) request.url = `/${rest}`;
  else if (rest.startsWith('/')) request.url = rest;
}
