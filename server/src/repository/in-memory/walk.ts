import type { Backwards, SortedList } from './sorted-list.js';
import { byAge, type StoredNotification } from './stored-notification.js';

export type Condition = (stored: StoredNotification) => boolean;

/**
 * Notifications visited between two checks whether to pause: in a search, one can take some tenths of a millisecond.
 */
const LOOKS = 8;
/** Visits before the first check: the usual first page of an inbox does not wait behind long searches of others. */
const FREE_LOOKS = 64;

/** Visits in one list before the lists are compared again: a comparison costs more than a visit. */
const LOOKS_AHEAD = 64;

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
 * It does not show removed notifications. In each list it visits few that are older than what it shows, so that a full
 * page costs the same however much lies below it.
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
    this.#heads = lists.map((list) => ({
      list,
      reading: list.backwards(this.#isAhead),
      ceiling: list.last,
      looked: undefined,
      found: undefined,
      isOver: false,
    }));
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
    while (this.#heads.length > 0) {
      const head = foremost(this.#heads);
      if (head.found !== undefined) {
        if (!this.#show(head, head.found, visit)) return true;
      } else if (!this.#lookAhead(head, isTimeUp)) {
        this.#isPaused = true;
        return false;
      } else if (head.isOver) {
        this.#heads = this.#heads.filter((other) => other !== head);
      }
    }
    return true;
  }

  /** @returns the result of `visit` */
  #show(head: Head, found: StoredNotification, visit: Condition): boolean {
    head.found = undefined;
    // A notification may be in several lists.
    const isShown = found === this.#last;
    this.#last = found;
    return isShown || visit(found);
  }

  /** Searches a list for its next match, for a while. @returns false when the time is up */
  #lookAhead(head: Head, isTimeUp: () => boolean): boolean {
    for (let n = 0; n < LOOKS_AHEAD; n++) {
      this.#looks += 1;
      if (this.#looks > FREE_LOOKS && this.#looks % LOOKS === 0 && isTimeUp()) return false;
      const next = head.reading.next();
      if (next === undefined) {
        head.isOver = true;
        return true;
      }
      head.looked = next;
      if (this.matches(next)) {
        head.found = next;
        return true;
      }
    }
    return true;
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

/** The head that has come least far: all that the others will find is older. */
function foremost(heads: readonly Head[]): Head {
  let first = heads[0] as Head;
  for (const head of heads) {
    if (head.looked === undefined) return head;
    if (first.looked !== undefined && byAge(head.looked, first.looked) > 0) first = head;
  }
  return first;
}
