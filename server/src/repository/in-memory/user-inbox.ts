import type { InboxCounts } from '../../../../protocol/inbox.js';
import type { Mark, Reader } from '../inbox-repository.js';
import type { NotificationIndex } from './notification-index.js';
import { type State, viewOf } from './state.js';
import type { StoredNotification } from './stored-notification.js';

/** What decides about everything of a reader, as long as it stays the same. */
interface Terms {
  readonly key: string;
  readonly channels: ReadonlySet<string>;
  readonly muted: ReadonlySet<string>;
}

const READ: State = { read: true, archived: false, snoozedUntil: null };
const UNREAD: State = { ...READ, read: false };
/** More are found sooner by a walk through everything. */
const WORTH_SORTING = 1000;
const NO_TERMS: Terms = { key: '', channels: new Set(), muted: new Set() };

/** What one person has touched, and their counts: kept as notifications come and go, counted anew when the terms change. */
export class UserInbox {
  readonly #marks = new Map<string, Mark>();
  /** Archived or snoozed. */
  readonly #putAway = new Set<StoredNotification>();
  #counts: InboxCounts = none();
  #terms = NO_TERMS;
  /** Comings and goings that the counts know of. */
  #counted = 0;

  constructor(private readonly index: NotificationIndex) {}

  /** Brings the counts up to date for this reader. Due before anything else is asked. */
  catchUp(reader: Reader): void {
    const key = JSON.stringify([reader.channels, reader.muted]);
    const events = key === this.#terms.key ? this.index.eventsSince(this.#counted) : undefined;
    if (events === undefined) this.#countAnew(key, reader);
    else for (const { stored, by } of events) this.#follow(stored, by);
    this.#counted = this.index.eventCount;
  }

  get counts(): InboxCounts {
    return { ...this.#counts };
  }

  reads({ channels }: StoredNotification): boolean {
    return channels.some((channel) => this.#terms.channels.has(channel));
  }

  markOf(id: string): Mark | undefined {
    return this.#marks.get(id);
  }

  stateOf({ id, notification }: StoredNotification): State {
    const mark = this.#marks.get(id);
    const untouched = this.#terms.muted.has(notification.category) ? READ : UNREAD;
    if (mark === undefined) return untouched;
    return {
      read: mark.read ?? untouched.read,
      archived: mark.archived ?? false,
      snoozedUntil: mark.snoozedUntil ?? null,
    };
  }

  /** What is archived or snoozed, newest first from `upTo` on; undefined where that is more than is worth sorting. */
  putAway(upTo: string | undefined): StoredNotification[] | undefined {
    if (this.#putAway.size > WORTH_SORTING) return undefined;
    const found = [...this.#putAway].filter((stored) => this.reads(stored) && (upTo === undefined || stored.id <= upTo));
    return found.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** @returns whether anything has changed */
  change(stored: StoredNotification, mark: Mark): boolean {
    const before = { ...this.#marks.get(stored.id), ...this.stateOf(stored) };
    const fields = Object.keys(mark) as (keyof Mark)[];
    if (fields.every((field) => before[field] === mark[field])) return false;
    // What the reader does not read is not among the counts.
    const isCounted = this.reads(stored);
    if (isCounted) this.#count(stored, -1);
    this.#marks.set(stored.id, { ...this.#marks.get(stored.id), ...mark });
    if (isCounted) this.#count(stored, 1);
    if (viewOf(this.stateOf(stored)) === 'inbox') this.#putAway.delete(stored);
    else this.#putAway.add(stored);
    return true;
  }

  #follow(stored: StoredNotification, by: 1 | -1): void {
    if (this.reads(stored)) this.#count(stored, by);
    if (by === -1) this.#forget(stored);
  }

  #forget(stored: StoredNotification): void {
    this.#marks.delete(stored.id);
    this.#putAway.delete(stored);
  }

  #countAnew(key: string, { channels, muted }: Reader): void {
    this.#terms = { key, channels: new Set(channels), muted: new Set(muted) };
    this.#counts = none();
    for (const id of this.#marks.keys()) if (this.index.find(id) === undefined) this.#marks.delete(id);
    for (const stored of this.#putAway) if (this.index.find(stored.id) === undefined) this.#putAway.delete(stored);
    this.index.walk(channels, undefined, () => true, (stored) => {
      this.#count(stored, 1);
      return true;
    });
  }

  #count(stored: StoredNotification, by: 1 | -1): void {
    const state = this.stateOf(stored);
    const view = viewOf(state);
    this.#counts[view] += by;
    if (view === 'inbox' && !state.read) this.#counts.unread += by;
  }
}

function none(): InboxCounts {
  return { unread: 0, inbox: 0, archived: 0, snoozed: 0 };
}
