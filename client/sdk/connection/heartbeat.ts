import { exhaustMap, ignoreElements, merge, type Observable, take, throwError, timeout, timer } from 'rxjs';

/** How long the server may take to answer a heartbeat. */
export const ACK_WITHIN_MS = 10_000;

export interface Heartbeat {
  everyMs: number;
  /** A moment to check at once: the tab woke up, the network changed. */
  wake: Observable<unknown>;
  acknowledgements: Observable<unknown>;
  send: () => void;
}

/** No answer to a heartbeat: the connection is dead, whatever its `readyState` says. */
export class HeartbeatMissed extends Error {
  override readonly name = 'HeartbeatMissed';
}

/** Sends heartbeats; never emits, and errors with `HeartbeatMissed` when one stays without an answer for 10 s. */
export function heartbeat({ everyMs, wake, acknowledgements, send }: Heartbeat): Observable<never> {
  const answer = acknowledgements.pipe(
    take(1),
    timeout({ first: ACK_WITHIN_MS, with: () => throwError(() => new HeartbeatMissed()) }),
    ignoreElements(),
  );
  return merge(timer(everyMs, everyMs), wake).pipe(
    // While one waits for its answer, another that comes due must not give it more time.
    exhaustMap(() => {
      send();
      return answer;
    }),
  );
}
