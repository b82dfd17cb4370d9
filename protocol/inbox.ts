/** What a person may do with a notification in their inbox. What is absent stays as it is. */
export interface StateChange {
  read?: boolean;
  archived?: boolean;
  /** Instant until which it is put away, ISO 8601; null: not any longer. */
  snoozedUntil?: string | null;
}

/** How many notifications a person has. */
export interface InboxCounts {
  /** In the inbox and not read. */
  unread: number;
  /** Neither archived nor snoozed. */
  inbox: number;
  archived: number;
  /** Snoozed and not archived. */
  snoozed: number;
}
