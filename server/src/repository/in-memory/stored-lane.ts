import type { Entry, Priority } from '@herald/protocol';
import type { LogEntry } from '../notification-repository.js';

/** Trimmed places are removed in batches of at least this size, so that the cost per entry is negligible. */
const CUT_FROM = 1000;

/** Entries of one channel and lane, with consecutive offsets. */
export class StoredLane {
  /** The first place has offset `#cut + 1`; undefined for a trimmed entry whose place is not removed yet. */
  readonly #places: (LogEntry | undefined)[] = [];
  #cut: number;
  #trimmed: number;

  /** @param trimmed number of offsets that count as used and trimmed */
  constructor(trimmed: number) {
    this.#cut = trimmed;
    this.#trimmed = trimmed;
  }

  get head(): number {
    return this.#cut + this.#places.length;
  }

  get isEmpty(): boolean {
    return this.#trimmed === this.head;
  }

  /** Id of the newest entry; null if that is trimmed. */
  get headId(): string | null {
    return this.#places.at(-1)?.data.id ?? null;
  }

  /** Id of the entry at an offset; undefined if it is trimmed, or there is none. */
  idAt(offset: number): string | undefined {
    return this.#places[offset - this.#cut - 1]?.data.id;
  }

  add(channel: string, lane: Priority, entry: Entry): LogEntry {
    const placed: LogEntry = { channel, lane, offset: this.head + 1, ...entry };
    this.#places.push(placed);
    return placed;
  }

  /** Up to `limit` entries, beginning with that offset, or with the oldest entry if that offset is trimmed. */
  read(from: number, limit: number): LogEntry[] {
    const start = Math.max(from, this.#trimmed + 1) - this.#cut - 1;
    return this.#places.slice(start, start + limit) as LogEntry[];
  }

  has(offset: number): boolean {
    return offset > this.#trimmed && offset <= this.head;
  }

  /** Replaces the entry at an offset, unless that is trimmed. */
  replace(offset: number, entry: Entry): LogEntry | undefined {
    const before = this.#places[offset - this.#cut - 1];
    if (before === undefined) return undefined;
    const placed: LogEntry = { channel: before.channel, lane: before.lane, offset, ...entry };
    this.#places[offset - this.#cut - 1] = placed;
    return placed;
  }

  /** Trims up to that offset, but stops at the first entry that `isNeeded`. */
  trimTo(offset: number, isNeeded: (entry: LogEntry) => boolean = () => false): void {
    const to = Math.min(offset, this.head);
    while (this.#trimmed < to) {
      const at = this.#trimmed - this.#cut;
      const entry = this.#places[at];
      if (entry !== undefined && isNeeded(entry)) break;
      this.#places[at] = undefined;
      this.#trimmed += 1;
    }
    this.#giveBack();
  }

  /** Removes trimmed places once they are many and at least half of all, so that reads do not pass long gaps. */
  #giveBack(): void {
    const count = this.#trimmed - this.#cut;
    if (!this.isEmpty && (count < CUT_FROM || count * 2 < this.#places.length)) return;
    this.#places.splice(0, count);
    this.#cut = this.#trimmed;
  }
}
