import type { IncomingMessage } from 'node:http';

/**
 * Removes the base path from the URL of a request, for a proxy that passes it on. A URL without it stays as it is:
 * another proxy has removed it.
 * @param basePath such as `/herald`; empty: the server is at the root
 */
export function removeBasePath(request: IncomingMessage, basePath: string): void {
  const { url = '' } = request;
  if (basePath === '' || !url.startsWith(basePath)) return;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) request.url = `/${rest}`;
  else if (rest.startsWith('/')) request.url = rest;
}
