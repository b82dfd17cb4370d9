import { exhaustMap, ignoreElements, merge, type Observable, take, throwError, timeout, timer } from 'rxjs';

/** Time that the server has to answer a heartbeat. */
export const ACK_WITHIN_MS = 10_000;

export interface Heartbeat {
  everyMs: number;
  /** Moments to check at once: the computer woke up, the network changed. */
  wake: Observable<unknown>;
  acknowledgements: Observable<unknown>;
  send: () => void;
}

/** A heartbeat had no answer: the connection is dead, whatever its `readyState` says. */
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
    // Ignores ticks while an answer is pending: a new heartbeat must not extend the deadline of the last.
    exhaustMap(() => {
      send();
      return answer;
    }),
  );
}
