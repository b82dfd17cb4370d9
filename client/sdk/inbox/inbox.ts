import type { InboxCounts, InboxFilter, InboxItem, Notification } from '@herald/protocol';

/** State that a person may have given to a notification. */
export type Mark = Partial<
  Pick<InboxItem, 'read' | 'archived' | 'snoozedUntil' | 'acknowledged' | 'acted' | 'actedEvent' | 'actedAt'>
>;

/** A value that an entry has set. The value of the later entry holds: the one with the larger id. */
export interface Stamped {
  readonly value: Mark[keyof Mark];
  readonly by: string;
}

/** Values that entries have set for one notification. */
export type Marks = ReadonlyMap<keyof Mark, Stamped>;

/** A notification, with its state in the answer or entry that brought it. */
export interface Entity {
  readonly notification: Notification;
  /** From a page: the whole state. From an entry: nothing, since it is new. */
  readonly mark: Mark;
  /** All entries up to this id are in `mark`. */
  readonly asOf: string;
}

/** A notification was retracted, has expired or was replaced. */
export interface Gone {
  /** Id of the entry that says so. */
  readonly by: string;
  /** Id of the notification that replaced it. */
  readonly replacedBy?: string;
}

/** The list on the page: entities that match the filter, from the newest down to `cursor`. */
export interface Query {
  readonly filter: InboxFilter;
  /** `asOf` of its last page; empty before the first. */
  readonly asOf: string;
  /** Id down to which it is loaded, and cursor of the next older page; null at the end. */
  readonly cursor: string | null;
  /** Rows that it had when the person last loaded older ones. They are not trimmed. */
  readonly depth: number;
}

export interface Counts {
  readonly value: InboxCounts;
  /** Id of the entry, or `asOf` of the answer, that brought them. */
  readonly by: string;
  /** Newest id that `value` includes beyond `by`, of entities that are no longer held here; empty for none. */
  readonly cut: string;
  /** Id of an entity that `value` may include twice; the counts are stale while it is newer than `by`. */
  readonly staleBy: string;
}

/**
 * A person's inbox as far as this client holds it: entities by id, apart from the query that is shown. The updaters beside
 * this file make the next inbox of it. The result does not depend on the order in which entries and answers arrive.
 */
export interface Inbox {
  /** Newest `asOf` of all pages; answers that are older are ignored. */
  readonly asOf: string;
  /** `asOf` of the newest page that began at the head of a list. Its list has all notifications up to this id. */
  readonly headAsOf: string;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Also of notifications that are not held here. */
  readonly marks: ReadonlyMap<string, Marks>;
  readonly gone: ReadonlyMap<string, Gone>;
  readonly counts: Counts;
  /** Categories whose notifications arrive as read. */
  readonly muted: readonly string[];
  readonly query: Query;
}

export const EMPTY_INBOX: Inbox = {
  asOf: '',
  headAsOf: '',
  entities: new Map(),
  marks: new Map(),
  gone: new Map(),
  counts: { value: { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 }, by: '', cut: '', staleBy: '' },
  muted: [],
  query: { filter: { view: 'inbox' }, asOf: '', cursor: null, depth: 0 },
};
