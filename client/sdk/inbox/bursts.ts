import { buffer, type OperatorFunction, share, throttleTime } from 'rxjs';

/** Short enough to look immediate, and long enough to make one update of a burst. */
const BURST_MS = 50;

/** Collects values that come within 50 ms of the first one. It uses a timer, since a hidden tab renders no frames. */
export function bursts<T>(): OperatorFunction<T, T[]> {
  return (source) => {
    const shared = source.pipe(share());
    return shared.pipe(buffer(shared.pipe(throttleTime(BURST_MS, undefined, { leading: false, trailing: true }))));
  };
}
