import type { Backwards, SortedList } from './sorted-list.js';
import { byAge, type StoredNotification } from './stored-notification.js';

export type Condition = (stored: StoredNotification) => boolean;

/** Notifications visited between two checks whether to pause: in a search, one can take some tenths of a millisecond. */
const LOOKS = 8;
/** Visits before the first check: the usual first page of an inbox does not wait behind long searches of others. */
const FREE_LOOKS = 64;

/** Position of a walk in one list. */
interface Head {
  readonly list: SortedList<StoredNotification>;
  reading: Backwards<StoredNotification>;
  /** The newest notification when the walk began: later ones are not part of it. */
  readonly ceiling: StoredNotification | undefined;
  /** The last visited notification. */
  looked: StoredNotification | undefined;
  /** The same if it matches and was not shown yet. */
  found: StoredNotification | undefined;
  isOver: boolean;
}

/**
 * A walk through several lists, newest first. It can pause anywhere and continue, even if the lists change meanwhile.
 * It does not show removed notifications.
 */
export class Walk {
  #heads: Head[];
  readonly #isAhead: Condition | undefined;
  #last: StoredNotification | undefined;
  #isPaused = false;
  #looks = 0;

  constructor(
    lists: readonly SortedList<StoredNotification>[],
    upTo: string | undefined,
    private readonly matches: Condition,
    private readonly isThere: Condition,
  ) {
    this.#isAhead = upTo === undefined ? undefined : ({ id }) => id <= upTo;
    this.#heads = lists.map((list) => ({ list, reading: list.backwards(this.#isAhead), ceiling: list.last, looked: undefined, found: undefined, isOver: false }));
  }

  /** The last notification that was shown. */
  get last(): StoredNotification | undefined {
    return this.#last;
  }

  /**
   * Shows the next notifications until `visit` returns false.
   * @param isTimeUp called now and then; true makes the walk pause
   * @returns true at the end of the walk, false for a pause
   */
  run(visit: Condition, isTimeUp: () => boolean): boolean {
    if (this.#isPaused) this.#resume();
    while (this.#look(isTimeUp)) {
      if (this.#heads.length === 0 || !this.#showNewest(visit)) return true;
    }
    this.#isPaused = true;
    return false;
  }

  /** Shows the newest found match. @returns the result of `visit` */
  #showNewest(visit: Condition): boolean {
    const head = newest(this.#heads);
    const found = head.found as StoredNotification;
    head.found = undefined;
    const isShown = found === this.#last;
    this.#last = found;
    return isShown || visit(found);
  }

  /** Searches each list for its next match, before merging: a merge step costs more than a check. @returns false when the time is up */
  #look(isTimeUp: () => boolean): boolean {
    let isAnyOver = false;
    for (const head of this.#heads) {
      while (head.found === undefined && !head.isOver) {
        this.#looks += 1;
        if (this.#looks > FREE_LOOKS && this.#looks % LOOKS === 0 && isTimeUp()) return false;
        this.#lookAtNext(head);
      }
      if (head.isOver) isAnyOver = true;
    }
    if (isAnyOver) this.#heads = this.#heads.filter(({ isOver }) => !isOver);
    return true;
  }

  #lookAtNext(head: Head): void {
    const next = head.reading.next();
    if (next === undefined) head.isOver = true;
    else {
      head.looked = next;
      if (this.matches(next)) head.found = next;
    }
  }

  /** Returns a condition for notifications behind the last visited one of that list. */
  #isAfter({ looked, ceiling }: Head): Condition {
    if (looked !== undefined) return (one) => byAge(one, looked) < 0;
    return (one) => ceiling !== undefined && byAge(one, ceiling) <= 0 && (this.#isAhead?.(one) ?? true);
  }

  #resume(): void {
    this.#isPaused = false;
    for (const head of this.#heads) {
      head.reading = head.list.backwards(this.#isAfter(head));
      if (head.found !== undefined && !this.isThere(head.found)) head.found = undefined;
    }
  }
}

function newest(heads: readonly Head[]): Head {
  let first = heads[0] as Head;
  for (const head of heads) if (byAge(head.found as StoredNotification, first.found as StoredNotification) > 0) first = head;
  return first;
}
