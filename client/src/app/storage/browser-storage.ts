type Place = 'localStorage' | 'sessionStorage';

/** What this browser keeps under a key; null for nothing, and where storage is blocked. */
export function readStored(key: string, place: Place = 'localStorage'): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/**
 * Keeps it on this browser, as a convenience: the page goes on where storage is blocked, or full.
 * @returns whether it is kept
 */
export function store(key: string, value: string, place: Place = 'localStorage'): boolean {
  try {
    window[place].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: nothing was kept.
  }
}
