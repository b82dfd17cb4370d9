import { HeraldError } from '@herald/client/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from './standard-output.ts';

/** A longer wait than this one, in seconds, is left to whoever runs the command. */
const WAIT_MAX_SECONDS = 60;
/** Too many requests, or a busy or stopping server: it has done nothing. */
export const REFUSED_FOR_NOW = [429, 503];
/** Besides these no answer, and a proxy without its server, which may have done it all the same. */
export const MAYBE_DONE = [0, 502, 504, ...REFUSED_FOR_NOW];

/** Lets time pass before the next try. */
export type Pause = (error: HeraldError, seconds: number) => Promise<unknown>;

export const pauseAndTell: Pause = ({ message }, seconds) => {
  tell(`${message}: trying again in ${seconds} s`);
  return sleep(seconds * 1000);
};

/**
 * Makes a request again if it fails for a while: after the seconds that the server names, or else after 1, 2, 4 … and at
 * most 60 seconds.
 * @param tries at most, from 1
 * @param statuses that are worth another try; 0 is no answer
 */
export async function tryAgain<Answer>(
  ask: () => Promise<Answer>,
  tries: number,
  statuses: readonly number[],
  pause: Pause,
): Promise<Answer> {
  for (let failures = 1; ; failures++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HeraldError) || !statuses.includes(error.status) || failures >= tries) throw error;
      const seconds = error.retryAfterSeconds ?? Math.min(2 ** (failures - 1), WAIT_MAX_SECONDS);
      if (seconds > WAIT_MAX_SECONDS) throw error;
      await pause(error, seconds);
    }
  }
}
