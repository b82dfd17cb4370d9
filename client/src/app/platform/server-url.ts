/** Path of the page, without the slash at its end: empty at the root of its origin, or such as `/herald`. */
export function basePath(): string {
  // `document.baseURI` is the address of the page where a document has no base, as in tests.
  return (document.querySelector('base')?.getAttribute('href') ?? '/').replace(/\/$/, '');
}

/**
 * URL of a path of the server.
 * @param serverUrl origin of the server; empty: the server is where the page is
 */
export function urlAt(serverUrl: string, path: string): string {
  return (serverUrl === '' ? basePath() : serverUrl) + path;
}
