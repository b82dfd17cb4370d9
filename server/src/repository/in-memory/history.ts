import type { LogEntry } from '../notification-repository.js';
import type { HistoryLimits } from '../store.js';
import { SortedList } from './sorted-list.js';

/** An entry as it was appended: once for each of its channels. */
export type Appended = readonly LogEntry[];

/** An item of the history. */
export interface HistoryItem {
  readonly id: string;
  /** The sender or channel whose share of the history holds it. */
  readonly owner: string;
  readonly appended: Appended;
  /** Approximate memory. */
  readonly bytes: number;
}

/** The entries of one owner, ascending by id. */
interface Share {
  readonly owner: string;
  readonly kept: SortedList<HistoryItem>;
  weight: number;
}

/**
 * Keeps entries within limits of number and memory. When it is full, the owner with the largest share loses its oldest
 * entry, so that nobody can push out the entries of others.
 */
export class History {
  readonly #shares = new Map<string, Share>();
  readonly #byWeight = new SortedList<Share>(
    (one, other) => one.weight - other.weight || compareText(one.owner, other.owner),
  );
  /** Charge of each entry beside its bytes, so that a tenth of the number weighs as much as a tenth of the memory. */
  readonly #unit: number;
  #count = 0;
  #bytes = 0;

  constructor(private readonly limits: HistoryLimits) {
    this.#unit = limits.bytes / limits.count;
  }

  /** @returns the entries that it displaces, which may include itself */
  add(kept: HistoryItem): HistoryItem[] {
    const share = this.#shares.get(kept.owner) ?? this.#newShare(kept.owner);
    share.kept.add(kept);
    this.#account(share, kept, 1);
    return this.#trim();
  }

  /** @returns what was removed; undefined when it is not there */
  remove(owner: string, id: string): HistoryItem | undefined {
    const share = this.#shares.get(owner);
    const kept = share?.kept.find((one) => one.id < id);
    if (share === undefined || kept?.id !== id) return undefined;
    this.#take(share, kept);
    return kept;
  }

  /**
   * Takes out the entries with smaller ids, one at a time, those of one owner after the other. Others may be added and
   * removed meanwhile.
   */
  *takeBefore(id: string): Generator<HistoryItem> {
    for (const share of [...this.#shares.values()]) {
      for (let oldest = share.kept.first; oldest !== undefined && oldest.id < id; oldest = share.kept.first) {
        this.#take(share, oldest);
        yield oldest;
      }
    }
  }

  #trim(): HistoryItem[] {
    const dropped: HistoryItem[] = [];
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
    const share = {
      owner,
      kept: new SortedList<HistoryItem>((one, other) => compareText(one.id, other.id)),
      weight: 0,
    };
    this.#shares.set(owner, share);
    this.#byWeight.add(share);
    return share;
  }

  #take(share: Share, kept: HistoryItem): void {
    share.kept.remove(kept);
    this.#account(share, kept, -1);
  }

  #account(share: Share, { bytes }: HistoryItem, by: 1 | -1): void {
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
