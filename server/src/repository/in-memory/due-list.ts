import { SortedList } from './sorted-list.js';

interface Due<Item> {
  readonly id: string;
  readonly at: string;
  readonly item: Item;
}

/** Items sorted by the ISO 8601 instant at which each is due. The cost of a query does not depend on their number. */
export class DueList<Item> {
  readonly #byId = new Map<string, Due<Item>>();
  readonly #byInstant = new SortedList<Due<Item>>(soonestFirst);

  get size(): number {
    return this.#byId.size;
  }

  /** The first instant at which anything is due. */
  get first(): string | undefined {
    return this.#byInstant.first?.at;
  }

  get(id: string): Item | undefined {
    return this.#byId.get(id)?.item;
  }

  /** Replaces an item with the same id. */
  set(id: string, at: string, item: Item): void {
    this.delete(id);
    const due = { id, at, item };
    this.#byId.set(id, due);
    this.#byInstant.add(due);
  }

  /** @returns false when the list does not hold it */
  delete(id: string): boolean {
    const due = this.#byId.get(id);
    if (due === undefined) return false;
    this.#byId.delete(id);
    return this.#byInstant.remove(due);
  }

  /** The first due instant later than `after`. */
  nextAfter(after: string): string | undefined {
    return this.#byInstant.find(({ at }) => at <= after)?.at;
  }

  /** Up to `limit` items due by that instant, soonest first. */
  by(now: string, limit: number): Item[] {
    return this.#byInstant
      .from(
        () => false,
        limit,
        ({ at }) => at <= now,
      )
      .map(({ item }) => item);
  }

  /** Up to `limit` items, soonest first, and by id within an instant. @param after instant and id to begin behind */
  list(limit: number, after?: { at: string; id: string }): Item[] {
    const isAhead = after === undefined ? (): boolean => false : (one: Due<Item>): boolean => isUpTo(one, after);
    return this.#byInstant.from(isAhead, limit).map(({ item }) => item);
  }
}

const isUpTo = (one: { at: string; id: string }, other: { at: string; id: string }): boolean =>
  one.at === other.at ? one.id <= other.id : one.at < other.at;

/** Sorts by instant, and by id within an instant. */
export function soonestFirst(one: { at: string; id: string }, other: { at: string; id: string }): number {
  if (one.at === other.at && one.id === other.id) return 0;
  return isUpTo(one, other) ? -1 : 1;
}
