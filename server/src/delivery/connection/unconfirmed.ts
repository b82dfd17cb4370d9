import { LRUCache } from 'lru-cache';
import type { Place, Stretch } from '../../repository/notification-repository.js';

/**
 * Users whose closed connections are kept. Beyond that the oldest are dropped, and their entries count as not received.
 */
export const UNCONFIRMED_USERS_MAX = 1000;
/** Closed connections kept for each user. */
export const UNCONFIRMED_CONNECTIONS_MAX = 8;

/**
 * Entries that were sent on a connection and not acknowledged when it closed. The positions of a client that resumes
 * show how many of them it has processed.
 */
export class Unconfirmed {
  readonly #ended = new LRUCache<string, (readonly Stretch[])[]>({ max: UNCONFIRMED_USERS_MAX });

  /** A connection has closed. @param inFlight entries that it had not acknowledged */
  keep(username: string, inFlight: readonly Stretch[]): void {
    if (inFlight.length === 0) return;
    this.#ended.set(username, [...(this.#ended.get(username) ?? []), inFlight].slice(-UNCONFIRMED_CONNECTIONS_MAX));
  }

  /** A client resumes behind these places. @returns the kept entries up to there, which it has received */
  resume(username: string, places: readonly Place[]): Stretch[] {
    const received: Stretch[] = [];
    const others = (this.#ended.get(username) ?? []).filter((inFlight) => {
      const confirmed = places.flatMap((place) => confirmedBy(place, inFlight));
      received.push(...confirmed);
      return confirmed.length === 0;
    });
    if (others.length === 0) this.#ended.delete(username);
    else this.#ended.set(username, others);
    return received;
  }
}

function confirmedBy({ channel, lane, offset }: Place, inFlight: readonly Stretch[]): Stretch[] {
  const sent = inFlight.filter((stretch) => stretch.channel === channel && stretch.lane === lane);
  // A position beyond everything sent on this connection belongs to another device.
  if (sent.every(({ to }) => to < offset)) return [];
  return sent.filter(({ from }) => from <= offset).map((stretch) => ({ ...stretch, to: Math.min(stretch.to, offset) }));
}
