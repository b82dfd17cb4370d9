import type { Priority } from '../../../../protocol/notification.js';
import { StoredLane } from './stored-lane.js';

/** Lanes without an entry that are remembered. */
const EMPTY_MAX = 10_000;

/**
 * The lanes of all channels. One whose entries are all trimmed still has its head, since a client may be there. Names
 * of topics are anybody's choice, so only `EMPTY_MAX` of these are remembered. One that is forgotten begins anew behind
 * the head of every lane that was: so no offset is given twice within an epoch, and who comes back is told of a gap.
 */
export class StoredLanes {
  readonly #lanes = new Map<string, StoredLane>();
  /** Those without an entry; the first has been so for longest. */
  readonly #empty = new Set<string>();
  /** The highest head of a lane that was forgotten. */
  #forgotten = 0;

  get size(): number {
    return this.#lanes.size;
  }

  find(channel: string, priority: Priority): StoredLane | undefined {
    return this.#lanes.get(keyOf(channel, priority));
  }

  /** Offset of the newest entry of a lane that is not there, or was forgotten. */
  get headOfNone(): number {
    return this.#forgotten;
  }

  /** The lane that is about to get an entry. */
  open(channel: string, priority: Priority): StoredLane {
    const key = keyOf(channel, priority);
    const lane = this.#lanes.get(key) ?? new StoredLane(this.#forgotten);
    this.#lanes.set(key, lane);
    this.#empty.delete(key);
    return lane;
  }

  /** Entries of this lane were trimmed. */
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
