import type { InboxCounts } from '@herald/protocol';
import { loopShare } from '../../timing/loop-share.js';
import type { Mark, Reader } from '../inbox-repository.js';
import type { IndexEvent, NotificationIndex } from './notification-index.js';
import { isChangedBy, type State, stateOf, viewOf } from '../mark-state.js';
import type { StoredNotification } from './stored-notification.js';
import type { Walk } from './walk.js';

/** The channels and muted categories that the counts are for. */
interface CountedFor {
  readonly key: string;
  readonly channels: ReadonlySet<string>;
  readonly muted: ReadonlySet<string>;
}

/** The fields of a notification that counting needs, also for a removed one. */
type Countable = Pick<IndexEvent, 'id' | 'category' | 'requiresAck'>;

/** Above this number, a walk through all notifications is faster than sorting. */
const SORTED_MAX = 1000;
const NOBODY: CountedFor = { key: '', channels: new Set(), muted: new Set() };

/**
 * One person's marks and counts. Counts follow additions and removals; they are counted again for other channels or
 * muted categories.
 */
export class UserInbox {
  readonly #marks = new Map<string, Mark>();
  /** Ids of archived and snoozed notifications. */
  readonly #putAway = new Set<string>();
  #counts: InboxCounts = none();
  #countedFor = NOBODY;
  /** Number of index events that the counts include. */
  #counted = 0;
  /** Settles when the current counting is done. */
  #counting: Promise<void> | undefined;

  /** Settles when all searches so far are done. */
  #searched: Promise<unknown> = Promise.resolve();

  /** @param onForgotten called for each removed notification that had marks */
  constructor(
    private readonly index: NotificationIndex,
    private readonly onForgotten: (id: string) => void,
  ) {}

  /**
   * Runs the person's searches one after another. If they ran concurrently, the searches of other people would wait
   * for all of them.
   */
  inTurn<Result>(search: () => Promise<Result>): Promise<Result> {
    const result = this.#searched.then(search);
    this.#searched = result.catch(() => undefined);
    return result;
  }

  /**
   * Brings the counts up to date for this reader. Call it before every other method, in the same turn.
   * @returns false when they have to be counted again first
   */
  catchUp(reader: Reader): boolean {
    if (this.#counting !== undefined || keyOf(reader) !== this.#countedFor.key) return false;
    const events = this.index.eventsSince(this.#counted);
    if (events === undefined) return false;
    for (const event of events) this.#follow(event);
    this.#counted = this.index.eventCount;
    return true;
  }

  /** Counts again for this reader, in slices. Another request may have counted for others when it is done. */
  async countAnew(reader: Reader): Promise<void> {
    if (this.#counting !== undefined) {
      await this.#counting;
      // The caller that began this counting uses its counts first.
      await loopShare.next();
      return;
    }
    this.#counting = this.#countAll(reader);
    try {
      await this.#counting;
    } finally {
      this.#counting = undefined;
    }
  }

  get counts(): InboxCounts {
    return { ...this.#counts };
  }

  reads({ channels }: Pick<StoredNotification, 'channels'>): boolean {
    return channels.some((channel) => this.#countedFor.channels.has(channel));
  }

  markOf(id: string): Mark | undefined {
    return this.#marks.get(id);
  }

  /** The state for the last counted reader. @param muted categories of another reader */
  stateOf({ id, notification: { category } }: StoredNotification, muted = this.#countedFor.muted): State {
    return this.#stateOf({ id, category }, muted);
  }

  #stateOf({ id, category }: Pick<Countable, 'id' | 'category'>, muted: ReadonlySet<string>): State {
    return stateOf(this.#marks.get(id), muted.has(category));
  }

  /** Archived and snoozed notifications, newest first from `upTo` on; undefined if they are too many to sort. */
  putAway(upTo: string | undefined): StoredNotification[] | undefined {
    if (this.#putAway.size > SORTED_MAX) return undefined;
    const there = [...this.#putAway].flatMap((id) => this.index.find(id) ?? []);
    const found = there.filter((stored) => this.reads(stored) && (upTo === undefined || stored.id <= upTo));
    return found.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** @returns whether anything has changed */
  change(stored: StoredNotification, mark: Mark): boolean {
    const isMuted = this.#countedFor.muted.has(stored.notification.category);
    if (!isChangedBy(mark, this.#marks.get(stored.id), isMuted)) return false;
    // Counts do not include notifications outside the reader's channels.
    const isCounted = this.reads(stored);
    const { id } = stored;
    const countable = countableOf(stored);
    if (isCounted) this.#count(countable, -1);
    this.#marks.set(id, shared({ ...this.#marks.get(id), ...mark }));
    if (isCounted) this.#count(countable, 1);
    if (viewOf(this.stateOf(stored)) === 'inbox') this.#putAway.delete(id);
    else this.#putAway.add(id);
    return true;
  }

  #follow(event: IndexEvent): void {
    if (this.reads(event)) this.#count(event, event.by);
    if (event.by === -1) this.#forget(event.id);
  }

  #forget(id: string): void {
    if (this.#marks.delete(id)) this.onForgotten(id);
    this.#putAway.delete(id);
  }

  async #countAll(reader: Reader): Promise<void> {
    const { channels, muted } = reader;
    this.#countedFor = { key: keyOf(reader), channels: new Set(channels), muted: new Set(muted) };
    for (const id of this.#marks.keys()) {
      if (this.index.find(id) === undefined) this.#forget(id);
      if (loopShare.isUsedUp()) await loopShare.next();
    }
    let walk = this.#beginCounting(channels);
    const count = (stored: StoredNotification): boolean => {
      this.#count(countableOf(stored), 1);
      return true;
    };
    while (!walk.run(count, loopShare.isUsedUp)) {
      await loopShare.next();
      if (!this.#followDuring(walk)) walk = this.#beginCounting(channels);
    }
  }

  #beginCounting(channels: readonly string[]): Walk {
    this.#counts = none();
    this.#counted = this.index.eventCount;
    return this.index.walk(channels, undefined, () => true);
  }

  /** Applies changes from a pause of the counting. @returns false when the counting has to begin again */
  #followDuring({ last }: Walk): boolean {
    const events = this.index.eventsSince(this.#counted);
    if (events === undefined) return false;
    for (const event of events) {
      const isPassed =
        last !== undefined && (event.time > last.time || (event.time === last.time && event.id >= last.id));
      // The walk may or may not reach a notification that was added among the uncounted ones.
      if (!isPassed && event.by === 1 && this.reads(event)) return false;
      if (isPassed) this.#follow(event);
      else if (event.by === -1) this.#forget(event.id);
    }
    this.#counted = this.index.eventCount;
    return true;
  }

  #count(notification: Countable, by: number): void {
    const state = this.#stateOf(notification, this.#countedFor.muted);
    const view = viewOf(state);
    this.#counts[view] += by;
    if (view !== 'inbox') return;
    if (!state.read) this.#counts.unread += by;
    if (notification.requiresAck === true && state.acknowledged !== true) this.#counts.unconfirmed += by;
  }
}

function countableOf({ id, notification: { category, requiresAck } }: StoredNotification): Countable {
  return { id, category, requiresAck };
}

function none(): InboxCounts {
  return { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 };
}

const keyOf = ({ channels, muted }: Reader): string => JSON.stringify([channels, muted]);

/** Most notifications have one of a few marks, which are shared objects: a person may have a hundred thousand. */
const COMMON: readonly Mark[] = [{ read: true }, { read: false }, { archived: true }, { read: true, archived: true }];

function shared(mark: Mark): Mark {
  const fields = Object.keys(mark).length;
  const isSame = (one: Mark): boolean =>
    Object.keys(one).length === fields && one.read === mark.read && one.archived === mark.archived;
  return COMMON.find(isSame) ?? mark;
}
