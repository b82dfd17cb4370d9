import { HeraldError } from '@herald/client/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from './standard-output.ts';

/** A longer wait than this one, in seconds, is left to whoever runs the command. */
const WAIT_MAX_SECONDS = 60;
/** No answer, too many requests, a proxy without its server, a busy or stopping server. */
const WORTH_ANOTHER_TRY = [0, 429, 502, 503, 504];

/**
 * Makes a request that may be repeated, again if it fails for a while: after the seconds that the server names, or else
 * after 1, 2, 4 … seconds.
 * @param tries at most, from 1
 */
export async function tryAgain<Answer>(
  ask: () => Promise<Answer>,
  tries: number,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<Answer> {
  for (let failures = 1; ; failures++) {
    try {
      return await ask();
    } catch (error) {
      const seconds = pauseAfter(error, failures);
      if (failures >= tries || seconds === undefined) throw error;
      tell(`${(error as Error).message}: trying again in ${seconds} s`);
      await wait(seconds * 1000);
    }
  }
}

/** Seconds until the next try; undefined if that would be in vain, or too late. */
function pauseAfter(error: unknown, failures: number): number | undefined {
  if (!(error instanceof HeraldError) || !WORTH_ANOTHER_TRY.includes(error.status)) return undefined;
  const seconds = error.retryAfterSeconds ?? 2 ** (failures - 1);
  return seconds <= WAIT_MAX_SECONDS ? seconds : undefined;
}
