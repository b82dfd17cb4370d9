import { LRUCache } from 'lru-cache';
import type { Peers } from '../repository/peers.js';

/** Interval at which each process tells who has many connections to it. */
export const TELL_EVERY_MS = 1000;
/** A process that has told nothing for this long is gone, with its connections. */
const VALID_MS = 3000;
/** A process tells of a user or address from this part of the limit on. */
const TOLD_FROM = 1 / 8;
/** Users or addresses in one message, and in memory. */
const AT_ONCE = 20;
const KEYS_MAX = 10_000;

interface Told {
  readonly count: number;
  readonly at: number;
}

/**
 * Connections of users or addresses to the other processes with the same store. Those with few connections to each are
 * not counted, so a limit may be exceeded by an eighth of it for each process, and by what is opened within a second.
 */
export class PeerConnections {
  /** By key, and by the process that told. */
  readonly #told = new LRUCache<string, Map<string, Told>>({ max: KEYS_MAX });

  /** @param own open connections here */
  constructor(
    private readonly peers: Peers,
    private readonly kind: string,
    private readonly max: number,
    private readonly own: ReadonlyMap<string, number>,
  ) {
    peers.hear(kind, (counts: [string, number][], from: string) => {
      for (const [key, count] of counts) this.#note(key, from, { count, at: performance.now() });
    });
  }

  /** Connections to the others. */
  of(key: string): number {
    const since = performance.now() - VALID_MS;
    let sum = 0;
    for (const { count, at } of this.#told.get(key)?.values() ?? []) if (at > since) sum += count;
    return sum;
  }

  tell(): void {
    const many = [...this.own].filter(([, count]) => count >= this.max * TOLD_FROM);
    for (let from = 0; from < many.length; from += AT_ONCE)
      this.peers.tell(this.kind, many.slice(from, from + AT_ONCE));
  }

  #note(key: string, from: string, told: Told): void {
    const byProcess = this.#told.get(key) ?? new Map<string, Told>();
    this.#told.set(key, byProcess);
    for (const [other, { at }] of byProcess) if (at < told.at - VALID_MS) byProcess.delete(other);
    byProcess.set(from, told);
  }
}
