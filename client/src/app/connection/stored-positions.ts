import { auditTime, finalize, fromEvent, ignoreElements, merge, type MonoTypeOperatorFunction, share, tap } from 'rxjs';
import type { Positions } from '../../../../protocol/channels';

/** Soon enough for a crash, and seldom enough for a burst. */
const STORE_WITHIN_MS = 250;

/** Where this person's last connection was, on this browser: so that a reload misses nothing. */
export function readStoredPositions(username: string): Positions | null {
  try {
    const stored = JSON.parse(localStorage.getItem(key(username)) ?? 'null') as Partial<Positions> | null;
    if (typeof stored?.epoch !== 'string' || !isObject(stored.channels)) return null;
    return { epoch: stored.epoch, channels: stored.channels };
  } catch {
    return null;
  }
}

/** Stores them while a connection is at work: soon after each change, and when the page goes away. */
export function storingPositions<T>(
  username: string,
  positions: () => Positions | null,
): MonoTypeOperatorFunction<T> {
  const store = (): void => {
    const current = positions();
    if (current === null) return;
    try {
      localStorage.setItem(key(username), JSON.stringify(current));
    } catch {
      // The storage is full: a reload will ask from the last that fitted, and the connection goes on.
    }
  };
  return (source) => {
    const shared = source.pipe(share());
    const changed = shared.pipe(auditTime(STORE_WITHIN_MS));
    const stored = merge(changed, fromEvent(window, 'pagehide')).pipe(tap(store), ignoreElements());
    return merge(shared, stored).pipe(finalize(store));
  };
}

function key(username: string): string {
  return `herald.positions.${username}`;
}

function isObject<Value>(value: Value | null | undefined): value is Value & object {
  return typeof value === 'object' && value !== null;
}
