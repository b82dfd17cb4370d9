import type { Priority } from '@herald/protocol';
import type { Generated } from 'kysely';

/**
 * Tables of a SQL store. JSON is text, an instant is ISO 8601, a flag is 0 or 1. A `no` numbers the entries of the log,
 * ascending with their ids; audiences and sets of recipients have numbers from the same sequence.
 */
export interface Tables {
  log: LogTable;
  lanes: LanesTable;
  entries: EntriesTable;
  places: PlacesTable;
  shares: SharesTable;
  notifications: NotificationsTable;
  audiences: AudiencesTable;
  audience_channels: AudienceChannelsTable;
  audience_counts: AudienceCountsTable;
  marks: MarksTable;
  mark_counts: MarkCountsTable;
  preferences: PreferencesTable;
  recipient_sets: RecipientSetsTable;
  received: ReceivedTable;
  answers: AnswersTable;
  requests: RequestsTable;
  request_totals: RequestTotalsTable;
  scheduled: ScheduledTable;
  users: UsersTable;
  user_channels: UserChannelsTable;
  removed_names: RemovedNamesTable;
  apps: AppsTable;
  app_templates: AppTemplatesTable;
}

/** The log as a whole, in one row. */
export interface LogTable {
  store_id: string;
  epoch: string;
  last_no: number;
  last_id: string;
  /** Incremented when anybody joins or leaves a channel. */
  people_version: number;
  /** Number of changes of accounts. */
  account_changes: number;
  /** The highest head of all dropped lanes. */
  forgotten: number;
  notification_count: number;
  notification_bytes: number;
  other_count: number;
  other_bytes: number;
  /** Id of the newest app. */
  last_app: Generated<number>;
  /** Number of changes of apps. */
  app_changes: Generated<number>;
}

export interface LanesTable {
  channel: string;
  lane: Priority;
  head: number;
}

/** A stored notification, or anything else that happened. */
export interface EntriesTable {
  no: number;
  id: string;
  /** 1 for a notification that is in inboxes, 0 for any other entry. */
  is_notification: number;
  owner: string;
  bytes: number;
  /** JSON of `{event, data}`; null if only its places are left, which then read as retractions. */
  entry: string | null;
}

export interface PlacesTable {
  channel: string;
  lane: Priority;
  offset: number;
  no: number;
}

/** An owner's part of the history. */
export interface SharesTable {
  is_notification: number;
  owner: string;
  count: number;
  bytes: number;
}

/** Columns by which notifications in inboxes are found. */
export interface NotificationsTable {
  no: number;
  id: string;
  audience: number;
  recipients: number;
  sender: string;
  key: string | null;
  priority: Priority;
  category: string;
  requires_ack: number;
  expires_at: string | null;
  /** Folded text. */
  search: string;
}

/** A set of channels that notifications went to: a reader of any of them sees them. */
export interface AudiencesTable {
  no: number;
  /** JSON. */
  channels: string;
}

export interface AudienceChannelsTable {
  channel: string;
  audience: number;
}

export interface AudienceCountsTable {
  audience: number;
  category: string;
  requires_ack: number;
  count: number;
}

export interface MarksTable {
  username: string;
  no: number;
  audience: number;
  category: string;
  requires_ack: number;
  /** JSON of the `Mark`. The columns below are what queries compare of it. */
  mark: string;
  read: number | null;
  acknowledged: number;
  snoozed_until: string | null;
  /** 0 for the inbox, 1 for the archive, 2 while snoozed. */
  view: number;
}

/** Number of a person's marks by what counts depend on. */
export interface MarkCountsTable {
  username: string;
  audience: number;
  category: string;
  requires_ack: number;
  view: number;
  /** 2 if the mark does not say. */
  read: number;
  acknowledged: number;
  count: number;
}

export interface PreferencesTable {
  username: string;
  preferences: string;
}

export interface RecipientSetsTable {
  no: number;
  /** JSON of the channels that were addressed. */
  audience: string;
  /** The latest one of the log for which the set holds these people. */
  people_version: number;
  /** JSON of sorted names. */
  usernames: string;
  count: number;
}

/** Offsets of a lane that a person has received, as disjoint ranges. */
export interface ReceivedTable {
  channel: string;
  lane: Priority;
  username: string;
  first: number;
  last: number;
}

export interface AnswersTable {
  no: number;
  username: string;
  /** JSON, the latest last. */
  answers: string;
}

export interface RequestsTable {
  sender: string;
  key: string;
  digest: string;
  bytes: number;
  until: string;
  answers: string;
}

/** Bytes of a sender's requests; of all in the row without a sender. */
export interface RequestTotalsTable {
  sender: string;
  bytes: number;
}

export interface ScheduledTable {
  id: string;
  sender: string;
  deliver_at: string;
  has_problem: number;
  bytes: number;
  scheduled: string;
}

export interface UsersTable {
  username: string;
  /** The name in lower case. */
  folded: string;
  /** The name, roles and topics in lower case, a line each. */
  searched: string;
  account: string;
  /** Number of the last change, as in `account_changes`. */
  changed: number;
}

export interface UserChannelsTable {
  username: string;
  channel: string;
  /** The name of the role or topic, in lower case. */
  folded: string;
}

/** Names of removed accounts and apps. */
export interface RemovedNamesTable {
  username: string;
  /** Number of the removal, as in `account_changes`; 0 for an app. */
  changed: number;
  /** Owner of the removed app; null for an account. */
  app_owner: string | null;
}

export interface AppsTable {
  id: number;
  name: string;
  owner: string;
  key_hash: string;
  previous_key_hash: string | null;
  /** JSON without the last use. */
  app: string;
  last_used_at: string | null;
  last_used_from: string | null;
}

export interface AppTemplatesTable {
  /** Id of the app. */
  app: number;
  name: string;
  /** JSON. */
  template: string;
}
