import type { Entry } from '../../../../protocol/entries.js';
import type { Priority } from '../../../../protocol/notification.js';
import type { LogEntry } from '../notification-repository.js';

/** Entries of one channel and lane; the first has offset `trimmed + 1`. */
export class StoredLane {
  readonly entries: LogEntry[] = [];
  /** Offsets that are gone. */
  trimmed = 0;
  #trimTo = 0;

  get head(): number {
    return this.trimmed + this.entries.length;
  }

  add(channel: string, lane: Priority, entry: Entry): LogEntry {
    const placed: LogEntry = { channel, lane, offset: this.head + 1, ...entry };
    this.entries.push(placed);
    return placed;
  }

  trimTo(offset: number): void {
    this.#trimTo = Math.max(this.#trimTo, offset);
  }

  dropTrimmed(): void {
    const count = this.#trimTo - this.trimmed;
    if (count <= 0) return;
    this.entries.splice(0, count);
    this.trimmed += count;
  }
}
