import { FILTER_NAME_MAX, FILTER_URL_MAX, FILTER_URL_PATTERN, FILTERS_MAX, type SavedFilter } from '@herald/protocol';

/** Filters that a browser kept itself, before the server did. What is not of the shape is dropped. */
export function readBrowsersFilters(username: string): SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(username)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isSaved).map(({ name, url }) => ({ name: name.trim(), url })) : [];
  } catch {
    return [];
  }
}

export function keepBrowsersFilters(username: string, filters: readonly SavedFilter[]): void {
  if (filters.length === 0) localStorage.removeItem(key(username));
  else localStorage.setItem(key(username), JSON.stringify(filters));
}

/** Those of the server stay as they are; what has another name is added for as long as there is room. */
export function withBrowsersFilters(before: readonly SavedFilter[], kept: readonly SavedFilter[]): SavedFilter[] {
  const names = new Set(before.map(({ name }) => name));
  return [...before, ...kept.filter(({ name }) => !names.has(name))].slice(0, Math.max(FILTERS_MAX, before.length));
}

function isSaved(one: unknown): one is SavedFilter {
  const { name, url } = (one ?? {}) as Partial<Record<keyof SavedFilter, unknown>>;
  if (typeof name !== 'string' || typeof url !== 'string' || name.trim() === '') return false;
  return name.length <= FILTER_NAME_MAX && url.length <= FILTER_URL_MAX && FILTER_URL_PATTERN.test(url);
}

function key(username: string): string {
  return `herald.saved-filters.${username}`;
}
