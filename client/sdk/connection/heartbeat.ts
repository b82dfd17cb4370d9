import { exhaustMap, ignoreElements, merge, type Observable, skip, take, tap, throwError, timeout, timer } from 'rxjs';

/** Time that the server has to answer a heartbeat. */
export const ACK_WITHIN_MS = 10_000;
/** The same when the person has just come back: a dead connection must not look alive to them. */
export const ACK_WITHIN_AFTER_WAKE_MS = 4000;

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

/**
 * Sends heartbeats; never emits, and errors with `HeartbeatMissed` when one stays without an answer for 10 s, or for 4 s
 * after a wake-up.
 */
export function heartbeat({ everyMs, wake, acknowledgements, send }: Heartbeat): Observable<never> {
  let unanswered = 0;
  const check = (withinMs: number): Observable<never> => {
    send();
    unanswered += 1;
    return acknowledgements.pipe(
      // Earlier answers may have arrived before the computer slept, and prove nothing.
      skip(unanswered - 1),
      take(1),
      timeout({ first: withinMs, with: () => throwError(() => new HeartbeatMissed()) }),
      ignoreElements(),
    );
  };
  const checks = (moments: Observable<unknown>, withinMs: number): Observable<never> =>
    // Ignores moments while an answer is pending: a new heartbeat must not extend the deadline of the last.
    moments.pipe(exhaustMap(() => check(withinMs)));
  return merge(
    checks(timer(everyMs, everyMs), ACK_WITHIN_MS),
    checks(wake, ACK_WITHIN_AFTER_WAKE_MS),
    acknowledgements.pipe(
      tap(() => (unanswered -= 1)),
      ignoreElements(),
    ),
  );
}
