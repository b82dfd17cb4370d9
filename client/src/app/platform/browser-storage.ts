type Place = 'localStorage' | 'sessionStorage';

/** Value stored in this browser; null when there is none or storage is blocked. */
export function readStored(key: string, place: Place = 'localStorage'): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/**
 * Stores a value in this browser, best effort: storage may be blocked or full.
 * @returns whether it is stored
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
    // Storage is blocked, so there is nothing to remove.
  }
}
