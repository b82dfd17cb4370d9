import type { RetryBounds } from '../../../protocol/frames.js';

/** Until the server has said otherwise. */
export const DEFAULT_RETRY: RetryBounds = { minMs: 500, maxMs: 30_000 };

/**
 * How long to wait before the next attempt: a random time between nothing and a bound that doubles with each failure,
 * so that the clients of a server that restarts come back spread out.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
 *
 * @param failures attempts that have failed in a row, from 1
 * @param random from 0 up to, but not including, 1
 */
export function backoffMs(failures: number, { minMs, maxMs }: RetryBounds, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, minMs * 2 ** failures));
}
