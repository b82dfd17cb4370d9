import type { InboxCounts, StateChange } from './inbox.js';
import type { Notification, Priority } from './notification.js';
import type { Preferences } from './preferences.js';

export interface NotificationEntry {
  event: 'notification';
  /** Its lane is its priority, and its id that of the entry. */
  data: Notification;
}

/** A person has done something with notifications: in the channel of that user. Each field that is there has changed. */
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
    /** The person's counts with this change. */
    counts: InboxCounts;
  };
}

/** A notification was taken back by its sender, or has expired: in each of its channels, in its own lane. */
export interface RetractEntry {
  event: 'retract';
  data: { id: string; lane: Priority; notificationId: string };
}

/** A person has chosen anew what may draw their attention: in the channel of that user. */
export interface PreferencesEntry {
  event: 'preferences';
  data: { id: string; lane: 'medium'; preferences: Preferences };
}

/**
 * What the log holds, of each kind with an id of its own: a UUID of version 7, so that of two entries the later one
 * has the larger id, whatever channels and lanes they came by.
 */
export type Entry = NotificationEntry | StateEntry | RetractEntry | PreferencesEntry;

export function laneOf(data: Entry['data']): Priority {
  return 'lane' in data ? data.lane : data.priority;
}
