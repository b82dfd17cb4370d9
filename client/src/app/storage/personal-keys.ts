import { forget } from './browser-storage';

/** What a browser keeps for one person; it goes when they do. */
const KINDS = ['positions', 'preferences', 'held-back', 'saved-filters'] as const;

export function personalKey(kind: (typeof KINDS)[number], username: string): string {
  return `herald.${kind}.${username}`;
}

/** Forgets what is kept for any person on this browser. */
export function forgetPersons(): void {
  for (const key of storedKeys()) if (KINDS.some((kind) => key.startsWith(personalKey(kind, '')))) forget(key);
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
