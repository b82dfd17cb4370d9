import { OffsetRanges } from './offset-ranges.js';

/** With more ranges than this, a person's are rid of what was trimmed whenever one is added. */
const TIDY_ABOVE = 16;

/** Which entries of one lane people have received, as long as there are notifications in it. */
export class LaneReceipts {
  /** Offsets of the notifications that are there, ascending. */
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
