import { LRUCache } from 'lru-cache';
import type { Peers } from '../repository/peers.js';

/** Interval at which each process reports the users and addresses with many connections to it. */
export const PUBLISH_EVERY_MS = 1000;
/** A process that has reported nothing for this long is gone, with its connections. */
const VALID_MS = 3000;
/** A user or address is reported from this part of the limit on. */
const REPORTED_FROM = 1 / 8;
/** Users or addresses in one message, and in memory. */
const AT_ONCE = 20;
const KEYS_MAX = 10_000;

interface Reported {
  readonly count: number;
  readonly at: number;
}

/**
 * Connections of users or addresses to the other processes with the same store. Those with few connections to each are
 * not counted, so a limit may be exceeded by an eighth of it for each process, and by what is opened within a second.
 */
export class PeerConnections {
  /** By key, and by the process that has reported it. */
  readonly #reported = new LRUCache<string, Map<string, Reported>>({ max: KEYS_MAX });

  /** @param own open connections here */
  constructor(
    private readonly peers: Peers,
    private readonly kind: string,
    private readonly max: number,
    private readonly own: ReadonlyMap<string, number>,
  ) {
    peers.listen(kind, (counts: [string, number][], from: string) => {
      for (const [key, count] of counts) this.#note(key, from, { count, at: performance.now() });
    });
  }

  /** Connections to the others. */
  of(key: string): number {
    const since = performance.now() - VALID_MS;
    let sum = 0;
    for (const { count, at } of this.#reported.get(key)?.values() ?? []) if (at > since) sum += count;
    return sum;
  }

  publish(): void {
    const many = [...this.own].filter(([, count]) => count >= this.max * REPORTED_FROM);
    for (let from = 0; from < many.length; from += AT_ONCE)
      this.peers.send(this.kind, many.slice(from, from + AT_ONCE));
  }

  #note(key: string, from: string, reported: Reported): void {
    const byProcess = this.#reported.get(key) ?? new Map<string, Reported>();
    this.#reported.set(key, byProcess);
    for (const [other, { at }] of byProcess) if (at < reported.at - VALID_MS) byProcess.delete(other);
    byProcess.set(from, reported);
  }
}
