/** Maximum size of a block, and so of the items that an insertion or removal moves. */
const BLOCK_MAX = 512;

/** Negative if the first item comes before the second; 0 only for the same item. */
export type Compare<Item> = (one: Item, other: Item) => number;

/** Whether an item lies before a certain place in the order: true for all items before it, false for all others. */
export type IsAhead<Item> = (item: Item) => boolean;

/**
 * Items in ascending order without duplicates. To add, find or remove an item takes microseconds for any number of
 * items.
 */
export class SortedList<Item> {
  readonly #blocks: Item[][] = [];
  #size = 0;

  constructor(private readonly compare: Compare<Item>) {}

  get size(): number {
    return this.#size;
  }

  get first(): Item | undefined {
    return this.#blocks[0]?.[0];
  }

  get last(): Item | undefined {
    return this.#blocks.at(-1)?.at(-1);
  }

  add(item: Item): void {
    this.#size += 1;
    const { last } = this;
    // Most insertions are at the end.
    if (last === undefined || this.compare(last, item) < 0) this.#push(item);
    else this.#insert(item);
  }

  /** @returns false when the list does not hold it */
  remove(item: Item): boolean {
    const index = this.#blockAt((one) => this.compare(one, item) < 0);
    const block = this.#blocks[index] ?? [];
    const at = firstNot(block, (one) => this.compare(one, item) < 0);
    const found = block[at];
    if (found === undefined || this.compare(found, item) !== 0) return false;
    block.splice(at, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
    this.#size -= 1;
    return true;
  }

  /** The first item that is not ahead. */
  find(isAhead: IsAhead<Item>): Item | undefined {
    const block = this.#blocks[this.#blockAt(isAhead)] ?? [];
    return block[firstNot(block, isAhead)];
  }

  /** Up to `limit` items, beginning with the first that is not ahead, until one is not `wanted`. */
  from(isAhead: IsAhead<Item>, limit: number, wanted: IsAhead<Item> = () => true): Item[] {
    const found: Item[] = [];
    let index = this.#blockAt(isAhead);
    let at = firstNot(this.#blocks[index] ?? [], isAhead);
    for (; index < this.#blocks.length; index++, at = 0) {
      for (const item of (this.#blocks[index] ?? []).slice(at, at + limit - found.length)) {
        if (!wanted(item)) return found;
        found.push(item);
      }
      if (found.length >= limit) return found;
    }
    return found;
  }

  /** Reads backwards from the last item that is ahead, or from the end. Good until the list changes. */
  backwards(isAhead?: IsAhead<Item>): Backwards<Item> {
    if (isAhead === undefined) return new Backwards(this.#blocks, this.#blocks.length, 0);
    const index = this.#blockAt(isAhead);
    return new Backwards(this.#blocks, index, firstNot(this.#blocks[index] ?? [], isAhead));
  }

  #push(item: Item): void {
    const block = this.#blocks.at(-1);
    if (block !== undefined && block.length < BLOCK_MAX) block.push(item);
    else this.#blocks.push([item]);
  }

  #insert(item: Item): void {
    const isAhead: IsAhead<Item> = (one) => this.compare(one, item) < 0;
    const index = this.#blockAt(isAhead);
    const block = this.#blocks[index] ?? [];
    block.splice(firstNot(block, isAhead), 0, item);
    if (block.length > BLOCK_MAX) this.#blocks.splice(index + 1, 0, block.splice(BLOCK_MAX / 2));
  }

  /** The block that holds the first item that is not ahead. */
  #blockAt(isAhead: IsAhead<Item>): number {
    return firstNot(this.#blocks, (block) => isAhead(block.at(-1) as Item));
  }
}

/** Position of a backward iteration. */
export class Backwards<Item> {
  /** The next item is the one below `at` in that block. */
  constructor(
    private readonly blocks: readonly (readonly Item[])[],
    private block: number,
    private at: number,
  ) {}

  /** The next item; undefined at the beginning of the list. */
  next(): Item | undefined {
    while (this.at === 0) {
      if (this.block === 0) return undefined;
      this.block -= 1;
      this.at = this.blocks[this.block]?.length ?? 0;
    }
    this.at -= 1;
    return this.blocks[this.block]?.[this.at];
  }
}

function firstNot<Item>(items: readonly Item[], isAhead: IsAhead<Item>): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAhead(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
