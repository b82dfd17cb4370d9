import type { Priority } from '@herald/protocol';
import type { LaneHead, LaneHeads } from '../notification-repository.js';
import { StoredLane } from './stored-lane.js';

/** Empty lanes whose head is kept. */
const EMPTY_MAX = 10_000;

/**
 * The lanes of all channels. A lane keeps its head when all of its entries are trimmed, since a client may stand there.
 * Anybody can choose names of topics, so only `EMPTY_MAX` empty lanes are kept. A dropped lane starts again behind the
 * highest head of all dropped lanes: so no offset is reused within an epoch, and clients of the old lane get a gap.
 */
export class StoredLanes {
  readonly #lanes = new Map<string, StoredLane>();
  /** Empty lanes, in the order in which they became empty. */
  readonly #empty = new Set<string>();
  /** The highest head of all dropped lanes. */
  #forgotten = 0;

  get size(): number {
    return this.#lanes.size;
  }

  find(channel: string, priority: Priority): StoredLane | undefined {
    return this.#lanes.get(keyOf(channel, priority));
  }

  headsOf(channel: string): LaneHeads {
    const headOf = (lane: Priority): LaneHead => {
      const stored = this.find(channel, lane);
      return { offset: stored?.head ?? this.#forgotten, id: stored?.headId ?? null };
    };
    return { high: headOf('high'), medium: headOf('medium'), low: headOf('low') };
  }

  /** The lane for a new entry. */
  open(channel: string, priority: Priority): StoredLane {
    const key = keyOf(channel, priority);
    const lane = this.#lanes.get(key) ?? new StoredLane(this.#forgotten);
    this.#lanes.set(key, lane);
    this.#empty.delete(key);
    return lane;
  }

  /** Call this after trimming entries of the lane. */
  noteTrimmed(channel: string, priority: Priority): void {
    const key = keyOf(channel, priority);
    if (this.#lanes.get(key)?.isEmpty === true) this.#empty.add(key);
    if (this.#empty.size > EMPTY_MAX) this.#forgetFirst();
  }

  #forgetFirst(): void {
    const [first = ''] = this.#empty;
    this.#forgotten = Math.max(this.#forgotten, this.#lanes.get(first)?.head ?? 0);
    this.#empty.delete(first);
    this.#lanes.delete(first);
  }
}

function keyOf(channel: string, priority: Priority): string {
  return `${priority} ${channel}`;
}
