import { OffsetRanges } from '../offset-ranges.js';

/** Above this number of ranges, adding one also removes the trimmed ones. */
const TIDY_ABOVE = 16;

/** The entries of one lane that people have received, kept while the lane holds notifications. */
export class LaneReceipts {
  /** Offsets of the stored notifications, ascending. */
  readonly #offsets = new Set<number>();
  readonly #received = new Map<string, OffsetRanges>();

  get isEmpty(): boolean {
    return this.#offsets.size === 0;
  }

  keep(offset: number): void {
    this.#offsets.add(offset);
  }

  drop(offset: number): void {
    this.#offsets.delete(offset);
  }

  received(username: string, from: number, to: number): void {
    const ranges = this.#received.get(username) ?? new OffsetRanges();
    this.#received.set(username, ranges);
    ranges.add(from, to);
    const [oldest] = this.#offsets;
    if (ranges.count > TIDY_ABOVE && oldest !== undefined) ranges.dropBelow(oldest);
  }

  receiversOf(offset: number): string[] {
    return [...this.#received].filter(([, ranges]) => ranges.has(offset)).map(([username]) => username);
  }

  forget(username: string): void {
    this.#received.delete(username);
  }
}
