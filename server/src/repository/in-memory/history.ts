import type { LogEntry } from '../notification-repository.js';
import { SortedList } from './sorted-list.js';

/** An entry as it was appended: once for each of its channels. */
export type Appended = readonly LogEntry[];

/** Something that is kept for a while. */
export interface Kept {
  readonly id: string;
  /** Whose share of the history it takes. */
  readonly owner: string;
  readonly appended: Appended;
  /** Of memory, about. */
  readonly bytes: number;
}

/** Entries and bytes that a history may hold. */
export interface HistoryLimits {
  readonly count: number;
  readonly bytes: number;
}

/** What one owner has in it, ascending by id. */
interface Share {
  readonly owner: string;
  readonly kept: SortedList<Kept>;
  weight: number;
}

/**
 * Keeps entries within limits of number and memory. When it is full, the owner with the largest share loses the oldest
 * of their own: so nobody can push out what belongs to others.
 */
export class History {
  readonly #shares = new Map<string, Share>();
  readonly #byWeight = new SortedList<Share>((one, other) => one.weight - other.weight || compareText(one.owner, other.owner));
  /** Bytes that an entry counts at least, so that a share of the number and a share of the memory weigh the same. */
  readonly #unit: number;
  #count = 0;
  #bytes = 0;

  constructor(private readonly limits: HistoryLimits) {
    this.#unit = limits.bytes / limits.count;
  }

  /** @returns what had to go for it, its owner's oldest or those of a larger share; it may be among them */
  add(kept: Kept): Kept[] {
    const share = this.#shares.get(kept.owner) ?? this.#newShare(kept.owner);
    share.kept.add(kept);
    this.#account(share, kept, 1);
    return this.#trim();
  }

  /** @returns what was removed; undefined when it is not there */
  remove(owner: string, id: string): Kept | undefined {
    const share = this.#shares.get(owner);
    const kept = share?.kept.find((one) => one.id < id);
    if (share === undefined || kept?.id !== id) return undefined;
    this.#take(share, kept);
    return kept;
  }

  #trim(): Kept[] {
    const dropped: Kept[] = [];
    while (this.#count > this.limits.count || this.#bytes > this.limits.bytes) {
      const share = this.#byWeight.last;
      const oldest = share?.kept.first;
      if (share === undefined || oldest === undefined) break;
      this.#take(share, oldest);
      dropped.push(oldest);
    }
    return dropped;
  }

  #newShare(owner: string): Share {
    const share = { owner, kept: new SortedList<Kept>((one, other) => compareText(one.id, other.id)), weight: 0 };
    this.#shares.set(owner, share);
    this.#byWeight.add(share);
    return share;
  }

  #take(share: Share, kept: Kept): void {
    share.kept.remove(kept);
    this.#account(share, kept, -1);
  }

  #account(share: Share, { bytes }: Kept, by: 1 | -1): void {
    this.#count += by;
    this.#bytes += by * bytes;
    this.#byWeight.remove(share);
    share.weight += by * Math.round(this.#unit + bytes);
    if (share.kept.size > 0) this.#byWeight.add(share);
    else this.#shares.delete(share.owner);
  }
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
