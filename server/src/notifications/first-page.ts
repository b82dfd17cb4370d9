/** Size of the items of one page as JSON, in bytes; a larger item is a page of its own. */
export const PAGE_BYTES_MAX = 1024 * 1024;
/** Describes that limit in the API. */
export const PAGE_SIZE =
  'A page has at most 1 MB, so it may hold fewer items than `limit`. Follow `nextCursor` until it is null.';

/**
 * Cuts the found items to the size of a page.
 * @param found one more than `limit` if there are more
 * @param limit maximum number of items; a page has fewer when they exceed `PAGE_BYTES_MAX`
 */
export function firstPage<Item>(found: readonly Item[], limit: number): { items: Item[]; isMore: boolean } {
  const items: Item[] = [];
  let bytes = 0;
  for (const item of found.slice(0, limit)) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (items.length > 0 && bytes > PAGE_BYTES_MAX) break;
    items.push(item);
  }
  return { items, isMore: found.length > items.length };
}
