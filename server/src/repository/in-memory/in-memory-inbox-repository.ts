import { v7 as uuidv7 } from 'uuid';
import { userChannel } from '../../../../protocol/channels.js';
import { CHANGE_IDS_MAX, type InboxChanged, type InboxFilter, type InboxItem, type InboxPage, type SnoozedTogether } from '../../../../protocol/inbox.js';
import { type InboxQuery, InboxRepository, type Mark, type PersonalMark, type Reader, type Selection } from '../inbox-repository.js';
import type { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { matchesState, matching, newest } from './matching.js';
import { Snoozes } from './snoozes.js';
import type { StoredNotification } from './stored-notification.js';
import { UserInbox } from './user-inbox.js';

/** Keeps what people have touched for as long as the process lives, beside the notifications that `log` keeps. */
export class InMemoryInboxRepository extends InboxRepository {
  readonly #inboxes = new Map<string, UserInbox>();
  readonly #snoozes = new Snoozes();

  constructor(private readonly log: InMemoryNotificationRepository) {
    super();
  }

  override page(reader: Reader, { filter, limit, before }: InboxQuery): Promise<InboxPage> {
    const inbox = this.#inboxOf(reader);
    const found: StoredNotification[] = [];
    this.#walk(reader, inbox, filter, before, (stored) => {
      if (stored.id !== before) found.push(stored);
      // One more than asked for tells whether there is a next page.
      return found.length <= limit;
    });
    const items = found.slice(0, limit).map((stored) => toItem(stored, inbox));
    const nextCursor = found.length > limit ? (items.at(-1)?.id ?? null) : null;
    return Promise.resolve({ items, nextCursor, counts: inbox.counts, muted: [...reader.muted], asOf: uuidv7() });
  }

  override find(reader: Reader, id: string): Promise<InboxItem | undefined> {
    const inbox = this.#inboxOf(reader);
    const stored = this.log.index.find(id);
    const isTheirs = stored !== undefined && inbox.reads(stored);
    return Promise.resolve(isTheirs ? toItem(stored, inbox) : undefined);
  }

  override change(reader: Reader, selection: Selection, mark: Mark): Promise<InboxChanged> {
    const inbox = this.#inboxOf(reader);
    const selected = this.#select(reader, inbox, selection);
    const wereSnoozed = mark.snoozedUntil === undefined ? undefined : snoozedTogether(selected, inbox, mark.snoozedUntil);
    const ids: string[] = [];
    let asOf: string | undefined;
    for (let from = 0; from < selected.length; from += CHANGE_IDS_MAX) {
      const changed = selected.slice(from, from + CHANGE_IDS_MAX).filter((stored) => inbox.change(stored, mark) && inbox.reads(stored));
      if (changed.length === 0) continue;
      asOf = this.#append(reader, inbox, changed, mark);
      ids.push(...changed.map(({ id }) => id));
    }
    return Promise.resolve({ ids, wereSnoozed, counts: inbox.counts, asOf: asOf ?? uuidv7() });
  }

  override marksOf(id: string): Promise<PersonalMark[]> {
    const marks = [...this.#inboxes].map(([username, inbox]) => ({ username, mark: inbox.markOf(id) }));
    return Promise.resolve(marks.flatMap(({ username, mark }) => (mark === undefined ? [] : [{ username, mark }])));
  }

  override nextSnoozeEnd(after: string): Promise<string | undefined> {
    return Promise.resolve(this.#snoozes.next(after));
  }

  override sleepersBy(now: string): Promise<string[]> {
    return Promise.resolve(this.#snoozes.sleepersBy(now));
  }

  override forget(username: string): Promise<void> {
    this.#inboxes.delete(username);
    this.#snoozes.forget(username);
    return Promise.resolve();
  }

  #inboxOf(reader: Reader): UserInbox {
    const inbox = this.#inboxes.get(reader.username) ?? new UserInbox(this.log.index);
    this.#inboxes.set(reader.username, inbox);
    inbox.catchUp(reader);
    return inbox;
  }

  #select(reader: Reader, inbox: UserInbox, selection: Selection): StoredNotification[] {
    if ('ids' in selection) return this.#find(new Set(selection.ids)).filter((stored) => inbox.reads(stored));
    if ('snoozedUntil' in selection) return this.#find(this.#snoozes.end(reader.username, selection.snoozedUntil));
    const found: StoredNotification[] = [];
    this.#walk(reader, inbox, selection.filter, selection.upTo, (stored) => found.push(stored) > 0);
    return found;
  }

  #find(ids: Iterable<string>): StoredNotification[] {
    return [...ids].map((id) => this.log.index.find(id)).filter((stored) => stored !== undefined);
  }

  /** Shows what matches, newest first, until `visit` returns false. */
  #walk(reader: Reader, inbox: UserInbox, filter: InboxFilter, upTo: string | undefined, visit: (stored: StoredNotification) => boolean): void {
    const matches = matching(filter);
    const look = (stored: StoredNotification): boolean => !matchesState(filter, inbox.stateOf(stored)) || visit(stored);
    const isPutAway = filter.view === 'archived' || filter.view === 'snoozed';
    const from = newest(filter, upTo);
    const few = isPutAway ? inbox.putAway(from) : undefined;
    if (few === undefined) this.log.index.walk(reader.channels, from, matches, look);
    else few.filter(matches).every(look);
  }

  /** @returns the id of the entry */
  #append({ username }: Reader, inbox: UserInbox, changed: readonly StoredNotification[], mark: Mark): string {
    const id = uuidv7();
    const ids = changed.map((stored) => stored.id);
    if (mark.snoozedUntil !== undefined) this.#snoozes.set(username, ids, mark.snoozedUntil);
    const data = { id, lane: 'medium' as const, ids, ...mark, counts: inbox.counts };
    void this.log.append([userChannel(username)], { event: 'state', data });
    return id;
  }
}

/** What the reader has of these that is snoozed, by until when, but for what is until `except`. */
function snoozedTogether(selected: readonly StoredNotification[], inbox: UserInbox, except: string | null): SnoozedTogether[] {
  const byTime = new Map<string, string[]>();
  for (const stored of selected) {
    const { snoozedUntil } = inbox.stateOf(stored);
    if (snoozedUntil === null || snoozedUntil === except || !inbox.reads(stored)) continue;
    const together = byTime.get(snoozedUntil) ?? [];
    together.push(stored.id);
    byTime.set(snoozedUntil, together);
  }
  return [...byTime].map(([snoozedUntil, ids]) => ({ ids, snoozedUntil }));
}

function toItem(stored: StoredNotification, inbox: UserInbox): InboxItem {
  return { ...stored.notification, ...inbox.markOf(stored.id), ...inbox.stateOf(stored) };
}
