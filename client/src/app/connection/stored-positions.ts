import { auditTime, finalize, fromEvent, ignoreElements, merge, type MonoTypeOperatorFunction, share, tap } from 'rxjs';
import type { Positions } from '../../../../protocol/channels';
import { readStored, store } from '../storage/browser-storage';
import { personalKey } from '../storage/personal-keys';
import { newestId } from '../../../sdk/connection/positions';

/** Soon enough for a crash, and seldom enough for a burst. */
const STORE_WITHIN_MS = 250;

/** Where this person's last connection was, on this browser: so that a reload misses nothing. */
export function readStoredPositions(username: string): Positions | null {
  try {
    const stored = JSON.parse(readStored(key(username)) ?? 'null') as Partial<Positions> | null;
    if (typeof stored?.epoch !== 'string' || !isObject(stored.channels)) return null;
    return { epoch: stored.epoch, channels: stored.channels };
  } catch {
    return null;
  }
}

/** Id of the newest entry that this person's last connection on this browser processed; null when there was none. */
export function readStoredNewestId(username: string): string | null {
  const positions = readStoredPositions(username);
  return positions === null ? null : newestId(positions);
}

/** Stores them while a connection is at work: soon after each change, and when the page goes away. */
export function storingPositions<T>(username: string, positions: () => Positions | null): MonoTypeOperatorFunction<T> {
  const storeThem = (): void => {
    const current = positions();
    // Where the storage is full, a reload will ask from the last that fitted.
    if (current !== null) store(key(username), JSON.stringify(current));
  };
  return (source) => {
    const shared = source.pipe(share());
    const changed = shared.pipe(auditTime(STORE_WITHIN_MS));
    const stored = merge(changed, fromEvent(window, 'pagehide')).pipe(tap(storeThem), ignoreElements());
    return merge(shared, stored).pipe(finalize(storeThem));
  };
}

function key(username: string): string {
  return personalKey('positions', username);
}

function isObject<Value>(value: Value | null | undefined): value is Value & object {
  return typeof value === 'object' && value !== null;
}
