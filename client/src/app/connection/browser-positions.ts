import { readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { newestId, type PositionStore } from '@herald/client/connection';
import type { Positions } from '@herald/protocol';

/** Short enough for a crash, and long enough for one write per burst. */
const WRITE_WITHIN_MS = 250;

/** One person's positions in this browser, so that a reload misses nothing. */
export class BrowserPositions implements PositionStore {
  readonly #key: string;
  #unwritten: Positions | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // If the storage is full, a reload resumes from the last positions that fitted.
    if (this.#unwritten !== null) store(this.#key, JSON.stringify(this.#unwritten));
    this.#unwritten = null;
  };

  constructor(username: string) {
    this.#key = personalKey('positions', username);
    window.addEventListener('pagehide', this.#flush);
  }

  read(): Positions | null {
    try {
      const stored = JSON.parse(readStored(this.#key) ?? 'null') as Partial<Positions> | null;
      if (typeof stored?.epoch !== 'string' || !isObject(stored.channels)) return null;
      return { epoch: stored.epoch, channels: stored.channels };
    } catch {
      return null;
    }
  }

  write(positions: Positions): void {
    this.#unwritten = positions;
    this.#timer ??= setTimeout(this.#flush, WRITE_WITHIN_MS);
  }

  /** Writes the last positions. */
  close(): void {
    window.removeEventListener('pagehide', this.#flush);
    this.#flush();
  }
}

/** Id of the newest entry that this person's last connection in this browser processed; null when there was none. */
export function readStoredNewestId(username: string): string | null {
  const store = new BrowserPositions(username);
  const positions = store.read();
  store.close();
  return positions === null ? null : newestId(positions);
}

function isObject<Value>(value: Value | null | undefined): value is Value & object {
  return typeof value === 'object' && value !== null;
}
