const INDEX = '/index.html';

/**
 * Reloads the page with its current headers. The service worker keeps the headers of index.html as long as its content
 * is the same, and its Content-Security-Policy names the only server that the page may talk to.
 */
export async function openFreshPage(): Promise<void> {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(INDEX, { ignoreVary: true });
  location.reload();
}
