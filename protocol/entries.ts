import type { InboxCounts, StateChange } from './inbox.ts';
import type { Notification, Priority } from './notification.ts';
import type { Preferences } from './preferences.ts';

export interface NotificationEntry {
  event: 'notification';
  /** Its priority is its lane, and its id is that of the entry. */
  data: Notification;
}

/** A person changed the state of notifications; sent in that user's channel. Each present field has changed. */
export interface StateEntry {
  event: 'state';
  data: StateChange & {
    id: string;
    lane: 'medium';
    /** The notifications, 1 to `CHANGE_IDS_MAX`; a larger change is several entries. */
    ids: string[];
    /** The person has confirmed that they have seen it. */
    acknowledged?: true;
    /** Label of the action that the person has chosen. */
    acted?: string;
    /** Event of that action. */
    actedEvent?: string;
    /** When they chose it, ISO 8601. */
    actedAt?: string;
    /** The person's counts with this change. */
    counts: InboxCounts;
  };
}

/** A notification was retracted by its sender, or has expired; sent in each of its channels, in its own lane. */
export interface RetractEntry {
  event: 'retract';
  data: { id: string; lane: Priority; notificationId: string };
}

/** A person changed their preferences; sent in that user's channel. */
export interface PreferencesEntry {
  event: 'preferences';
  data: { id: string; lane: 'medium'; preferences: Preferences };
}

/**
 * An entry of the log. Its id is its own, a UUID version 7, so that of two entries the later one has the larger id,
 * even in different channels and lanes.
 */
export type Entry = NotificationEntry | StateEntry | RetractEntry | PreferencesEntry;

export function laneOf(data: Entry['data']): Priority {
  return 'lane' in data ? data.lane : data.priority;
}
