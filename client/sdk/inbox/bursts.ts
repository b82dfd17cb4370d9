import { buffer, type OperatorFunction, share, throttleTime } from 'rxjs';

/** Soon enough to look immediate, long enough to make one update of a burst. */
const BURST_MS = 50;

/** Collects what comes within 50 ms of the first into one list. Timers go on in a hidden tab, where frames don't. */
export function bursts<T>(): OperatorFunction<T, T[]> {
  return (source) => {
    const shared = source.pipe(share());
    return shared.pipe(buffer(shared.pipe(throttleTime(BURST_MS, undefined, { leading: false, trailing: true }))));
  };
}
