import type { LogEntry } from '../notification-repository.js';

/** Share of the history that is dropped at once when it is full, so that trimming costs nothing per append. */
const TRIM_SHARE = 0.1;

/** An entry as it was appended: once for each of its channels. */
export type Appended = readonly LogEntry[];

/** What was appended, ascending by id: the newest `limit` of it, and up to a tenth more between trims. */
export class History {
  readonly #appended: Appended[] = [];

  constructor(private readonly limit: number) {}

  add(appended: Appended): void {
    // Ids ascend, so this looks at one entry, unless a clock was set back.
    const place = this.#appended.findLastIndex((one) => idOf(one) < idOf(appended)) + 1;
    this.#appended.splice(place, 0, appended);
  }

  /** @returns what was removed; undefined when it is not there */
  remove(id: string): Appended | undefined {
    const place = this.#appended.findLastIndex((one) => idOf(one) <= id);
    const found = this.#appended[place];
    if (found === undefined || idOf(found) !== id) return undefined;
    this.#appended.splice(place, 1);
    return found;
  }

  /** Drops the oldest, once there are too many. @returns what was dropped */
  trim(): Appended[] {
    const surplus = this.#appended.length - this.limit;
    return surplus > this.limit * TRIM_SHARE ? this.#appended.splice(0, surplus) : [];
  }
}

export function idOf(appended: Appended): string {
  return appended[0]?.data.id ?? '';
}
