import type { Peers } from '../repository/peers.js';
import { AttemptCount } from './attempt-count.js';

/** Changes of this time are sent together. */
const TOGETHER_MS = 250;
/** Changes in one message. */
const AT_ONCE = 20;

/**
 * Tells the other processes with the same store what was counted here, and counts what they tell: so a limit holds over
 * all of them, but for what is counted within a quarter of a second.
 */
export class SpreadCount {
  readonly #changes = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** @param count counts what was counted at another process */
  constructor(
    private readonly peers: Peers,
    private readonly kind: string,
    count: (key: string, by: number) => void,
  ) {
    peers.listen(kind, (changes: [string, number][]) => {
      for (const [key, by] of changes) count(key, by);
    });
  }

  /** @param by may be negative, for what is taken back */
  add(key: string, by: number): void {
    const sum = (this.#changes.get(key) ?? 0) + by;
    if (sum === 0) this.#changes.delete(key);
    else this.#changes.set(key, sum);
    this.#timer ??= setTimeout(() => this.#send(), TOGETHER_MS).unref();
  }

  #send(): void {
    this.#timer = undefined;
    const changes = [...this.#changes];
    this.#changes.clear();
    for (let from = 0; from < changes.length; from += AT_ONCE) {
      this.peers.send(this.kind, changes.slice(from, from + AT_ONCE));
    }
  }
}

/** Attempts of all processes. @param max attempts of one key in one window */
export function spreadAttempts(peers: Peers, kind: string, max: number): AttemptCount {
  const count = new AttemptCount(max, (key, by) => spread.add(key, by));
  const spread = new SpreadCount(peers, kind, (key, by) => count.count(key, by));
  return count;
}
