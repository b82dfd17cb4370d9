import { browserName } from './browser-name';
import { forget } from './browser-storage';

/** Kinds of data that a browser stores per person, removed at sign-out and revocation. */
const KINDS = ['positions', 'preferences', 'held-back', 'draft', 'send-keys', 'shortcuts'] as const;

export function personalKey(kind: (typeof KINDS)[number], username: string): string {
  return browserName(`${kind}.${username}`);
}

/** Removes the data of every person from this browser. */
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
