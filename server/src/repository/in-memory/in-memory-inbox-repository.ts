import {
  CHANGE_IDS_MAX,
  CHANGE_MATCHES_MAX,
  type InboxChanged,
  type InboxFilter,
  type InboxItem,
  type InboxPage,
  userChannel,
} from '@herald/protocol';
import { loopShare } from '../../timing/loop-share.js';
import {
  type InboxQuery,
  InboxRepository,
  type Mark,
  type PersonalMark,
  type Reader,
  type Selection,
} from '../inbox-repository.js';
import { WereSnoozed } from '../were-snoozed.js';
import type { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { matching, newest } from './matching.js';
import { Snoozes } from './snoozes.js';
import type { StoredNotification } from './stored-notification.js';
import { UserInbox } from './user-inbox.js';
import type { Condition } from './walk.js';

/** Archived or snoozed notifications visited between two checks whether to pause. */
const LOOKS = 8;

interface Selected {
  selected: readonly string[];
  /** Newest match that was left out. */
  nextUpTo?: string | undefined;
}

/** Keeps what people have touched for as long as the process lives, beside the notifications that `log` keeps. */
export class InMemoryInboxRepository extends InboxRepository {
  readonly #inboxes = new Map<string, UserInbox>();
  readonly #snoozes = new Snoozes();

  constructor(private readonly log: InMemoryNotificationRepository) {
    super();
  }

  override page(reader: Reader, query: InboxQuery): Promise<InboxPage> {
    const inbox = this.#inboxOf(reader);
    return inbox.inTurn(() => this.#page(reader, inbox, query));
  }

  async #page(reader: Reader, inbox: UserInbox, { filter, limit, before }: InboxQuery): Promise<InboxPage> {
    while (!inbox.catchUp(reader)) await inbox.countAnew(reader);
    // The page is consistent with the log up to this entry, whatever happens while the search pauses.
    const page = { counts: inbox.counts, muted: [...reader.muted], asOf: this.log.latestId };
    const muted = new Set(reader.muted);
    const found: InboxItem[] = [];
    await this.#walk(reader, inbox, filter, before, (stored) => {
      if (stored.id !== before) found.push(toItem(stored, inbox, muted));
      // One more than asked for tells whether there is a next page.
      return found.length <= limit;
    });
    const nextCursor = found.length > limit ? (found[limit - 1]?.id ?? null) : null;
    const items = found.slice(0, limit).filter(({ id }) => this.log.index.find(id) !== undefined);
    return { items, nextCursor, ...page };
  }

  override async find(reader: Reader, id: string): Promise<InboxItem | undefined> {
    const inbox = this.#inboxOf(reader);
    while (!inbox.catchUp(reader)) await inbox.countAnew(reader);
    const stored = this.log.index.find(id);
    return stored !== undefined && inbox.reads(stored) ? toItem(stored, inbox) : undefined;
  }

  override change(reader: Reader, selection: Selection, mark: Mark): Promise<InboxChanged> {
    const inbox = this.#inboxOf(reader);
    const change = (): Promise<InboxChanged> => this.#change(reader, inbox, { selection, mark });
    return 'filter' in selection ? inbox.inTurn(change) : change();
  }

  async #change(
    reader: Reader,
    inbox: UserInbox,
    { selection, mark }: { selection: Selection; mark: Mark },
  ): Promise<InboxChanged> {
    while (!inbox.catchUp(reader)) await inbox.countAnew(reader);
    const { selected, nextUpTo } = await this.#select(reader, inbox, selection);
    const wereSnoozed = new WereSnoozed(mark.snoozedUntil);
    const ids: string[] = [];
    let asOf: string | undefined;
    for (let from = 0; from < selected.length; from += CHANGE_IDS_MAX) {
      // The counts include entries that arrive during a pause, so `asOf` is read after it.
      if (from > 0 && loopShare.isUsedUp()) {
        await loopShare.next();
        asOf = undefined;
      }
      while (!inbox.catchUp(reader)) {
        await inbox.countAnew(reader);
        asOf = undefined;
      }
      const due = this.#due(reader, inbox, selection, selected.slice(from, from + CHANGE_IDS_MAX));
      for (const stored of due)
        if (inbox.reads(stored)) wereSnoozed.note(stored.id, inbox.stateOf(stored).snoozedUntil);
      const changed = due.filter((stored) => inbox.change(stored, mark) && inbox.reads(stored));
      if (changed.length === 0) continue;
      asOf = this.#append(reader, inbox, changed, mark);
      for (const { id } of changed) ids.push(id);
    }
    while (!inbox.catchUp(reader)) {
      await inbox.countAnew(reader);
      asOf = undefined;
    }
    const changed = { ids, wereSnoozed: wereSnoozed.told, counts: inbox.counts, asOf: asOf ?? this.log.latestId };
    return nextUpTo === undefined ? changed : { ...changed, nextUpTo };
  }

  override marksOf(id: string): Promise<PersonalMark[]> {
    const marks = [...this.#inboxes].map(([username, inbox]) => ({ username, mark: inbox.markOf(id) }));
    return Promise.resolve(marks.flatMap(({ username, mark }) => (mark === undefined ? [] : [{ username, mark }])));
  }

  override nextSnoozeEnd(after: string): Promise<string | undefined> {
    return Promise.resolve(this.#snoozes.next(after));
  }

  override sleepersBy(now: string, limit: number): Promise<string[]> {
    return Promise.resolve(this.#snoozes.sleepersBy(now, limit));
  }

  /** Drops everything of a removed account. */
  forget(username: string): void {
    this.#inboxes.delete(username);
    this.#snoozes.forget(username);
  }

  #inboxOf({ username }: Reader): UserInbox {
    const known = this.#inboxes.get(username);
    if (known !== undefined) return known;
    const inbox = new UserInbox(this.log.index, (id) => this.#snoozes.set(username, [id], null));
    this.#inboxes.set(username, inbox);
    return inbox;
  }

  /** Ids of the notifications that are selected now: a search may pause. */
  async #select(reader: Reader, inbox: UserInbox, selection: Selection): Promise<Selected> {
    if ('ids' in selection) return { selected: [...new Set(selection.ids)] };
    if ('snoozedUntil' in selection)
      return { selected: this.#snoozes.endedBy(reader.username, selection.snoozedUntil) };
    const selected: string[] = [];
    let nextUpTo: string | undefined;
    await this.#walk(reader, inbox, selection.filter, selection.upTo, ({ id }) => {
      if (selected.length < CHANGE_MATCHES_MAX) selected.push(id);
      else nextUpTo = id;
      return nextUpTo === undefined;
    });
    return { selected, nextUpTo };
  }

  /**
   * The stored notifications among these ids that the reader can see. Clears snoozes that have ended, also of other
   * ids.
   */
  #due({ username }: Reader, inbox: UserInbox, selection: Selection, ids: readonly string[]): StoredNotification[] {
    const there = ids.map((id) => this.log.index.find(id)).filter((stored) => stored !== undefined);
    if (!('snoozedUntil' in selection)) return there.filter((stored) => inbox.reads(stored));
    // It may have been snoozed again meanwhile.
    const isOver = (id: string): boolean => (inbox.markOf(id)?.snoozedUntil ?? '') <= selection.snoozedUntil;
    this.#snoozes.set(username, ids.filter(isOver), null);
    return there.filter(({ id }) => isOver(id));
  }

  /** Visits the matches, newest first, until `visit` returns false. Pauses when its share of the turn is used up. */
  async #walk(
    reader: Reader,
    inbox: UserInbox,
    filter: InboxFilter,
    upTo: string | undefined,
    visit: Condition,
  ): Promise<void> {
    const muted = new Set(reader.muted);
    const matches = matching(filter, (stored) => inbox.stateOf(stored, muted));
    const isPutAway = filter.view === 'archived' || filter.view === 'snoozed';
    const from = newest(filter, upTo);
    const few = isPutAway ? inbox.putAway(from) : undefined;
    if (few !== undefined) return this.#lookThrough(few, matches, visit);
    const walk = this.log.index.walk(reader.channels, from, matches);
    while (!walk.run(visit, loopShare.isUsedUp)) await loopShare.next();
  }

  async #lookThrough(few: readonly StoredNotification[], matches: Condition, visit: Condition): Promise<void> {
    for (const [index, stored] of few.entries()) {
      if (index % LOOKS === 0 && loopShare.isUsedUp()) await loopShare.next();
      if (matches(stored) && !visit(stored)) return;
    }
  }

  /** @returns the id of the entry */
  #append({ username }: Reader, inbox: UserInbox, changed: readonly StoredNotification[], mark: Mark): string {
    const ids = changed.map((stored) => stored.id);
    if (mark.snoozedUntil !== undefined) this.#snoozes.set(username, ids, mark.snoozedUntil);
    const data = { lane: 'medium' as const, ids, ...mark, counts: inbox.counts };
    this.log.appendNow([{ channels: [userChannel(username)], entry: { event: 'state', data } }]);
    return this.log.latestId;
  }
}

function toItem(stored: StoredNotification, inbox: UserInbox, muted?: ReadonlySet<string>): InboxItem {
  return { ...stored.notification, ...inbox.markOf(stored.id), ...inbox.stateOf(stored, muted) };
}
