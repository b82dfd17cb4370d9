import { expect, type Page } from '@playwright/test';

/** The service worker registers once the page is stable, then prefetches the whole page. */
const INSTALLED_WITHIN = { timeout: 20_000 };

/** Waits until the service worker has cached the whole page. */
export async function isInstalled(page: Page): Promise<void> {
  const missing = async (): Promise<string[]> => {
    const { assetGroups } = (await (await fetch('ngsw.json')).json()) as { assetGroups: { urls: string[] }[] };
    const urls = assetGroups.flatMap((group) => group.urls);
    const isThere = await Promise.all(urls.map(async (url) => (await caches.match(url)) !== undefined));
    return urls.filter((_, n) => !isThere[n]);
  };
  await expect.poll(() => page.evaluate(missing), INSTALLED_WITHIN).toEqual([]);
  await page.evaluate(async () => navigator.serviceWorker.ready);
}
