import { expect, type Page } from '@playwright/test';

/** The service worker begins once the page is stable, and then loads all of it. */
const INSTALLED_WITHIN = { timeout: 20_000 };

/** Waits until all of the page is on this browser. */
export async function isInstalled(page: Page): Promise<void> {
  const missing = async (): Promise<string[]> => {
    const { assetGroups } = (await (await fetch('/ngsw.json')).json()) as { assetGroups: { urls: string[] }[] };
    const urls = assetGroups.flatMap((group) => group.urls);
    const isThere = await Promise.all(urls.map(async (url) => (await caches.match(url)) !== undefined));
    return urls.filter((_, n) => !isThere[n]);
  };
  await expect.poll(() => page.evaluate(missing), INSTALLED_WITHIN).toEqual([]);
  await page.evaluate(async () => navigator.serviceWorker.ready);
}
