import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from '../standard-output.ts';

/** The pause doubles with each failure, up to this one. */
const PAUSE_MAX_MS = 60_000;

/**
 * Attempts something until it succeeds, with growing pauses.
 * @param attempt returns why it failed, in words; undefined if it succeeded
 * @returns whether it succeeded before `stop`
 */
export async function untilDone(attempt: () => Promise<string | undefined>, stop: AbortSignal): Promise<boolean> {
  for (let pauseMs = 1000; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS)) {
    const failure = await attempt();
    if (failure === undefined) return true;
    tell(`${failure}: trying again in ${pauseMs / 1000} s`);
    try {
      await sleep(pauseMs, undefined, { signal: stop });
    } catch {
      return false;
    }
  }
}
