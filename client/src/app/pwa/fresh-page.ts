const INDEX = '/index.html';

/**
 * Opens the page again with the headers that it is served with now. The service worker keeps those of index.html for as
 * long as its content is the same, and its Content-Security-Policy names the only server that the page may talk to.
 */
export async function openFreshPage(): Promise<void> {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(INDEX, { ignoreVary: true });
  location.reload();
}
