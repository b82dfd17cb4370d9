import { SortedList } from './sorted-list.js';

interface Due<Item> {
  readonly id: string;
  readonly at: string;
  readonly item: Item;
}

/** Items by the instant at which each is due, ISO 8601: to ask for the next ones costs the same however many wait. */
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

  /** One of the same id is replaced. */
  set(id: string, at: string, item: Item): void {
    this.delete(id);
    const due = { id, at, item };
    this.#byId.set(id, due);
    this.#byInstant.add(due);
  }

  /** @returns false when it is not there */
  delete(id: string): boolean {
    const due = this.#byId.get(id);
    if (due === undefined) return false;
    this.#byId.delete(id);
    return this.#byInstant.remove(due);
  }

  /** When the first one later than `after` is due. */
  nextAfter(after: string): string | undefined {
    return this.#byInstant.find(({ at }) => at <= after)?.at;
  }

  /** Up to `limit` of those that are due by then, soonest first. */
  by(now: string, limit: number): Item[] {
    return this.#byInstant.from(() => false, limit, ({ at }) => at <= now).map(({ item }) => item);
  }

  /** Up to `limit` items, soonest first; those of one instant by id. @param after begin behind the one of that instant and id */
  list(limit: number, after?: { at: string; id: string }): Item[] {
    const isAhead = after === undefined ? (): boolean => false : (one: Due<Item>): boolean => isUpTo(one, after);
    return this.#byInstant.from(isAhead, limit).map(({ item }) => item);
  }
}

const isUpTo = (one: { at: string; id: string }, other: { at: string; id: string }): boolean =>
  one.at === other.at ? one.id <= other.id : one.at < other.at;

function soonestFirst(one: { at: string; id: string }, other: { at: string; id: string }): number {
  if (one.at === other.at && one.id === other.id) return 0;
  return isUpTo(one, other) ? -1 : 1;
}
