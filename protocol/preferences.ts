import type { Priority } from './notification.js';

/** What a category may do: pop up, only lie in the inbox, or count as read and never be shown as new. */
export const ATTENTIONS = ['toast', 'inbox', 'muted'] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** Categories that one person may have a rule for. */
export const CATEGORY_RULES_MAX = 200;
/** A time of day, `00:00` to `23:59`. */
export const TIME_OF_DAY_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time of every day in which only high priority is shown. `from` later than `to` is over midnight. */
export interface QuietHours {
  from: string;
  to: string;
  /** IANA name, as `Europe/Berlin`: the hours are those of the clock on the wall there, summer time included. */
  timeZone: string;
}

/** Filters that one person may have saved, and the length of their names and addresses in UTF-16 code units. */
export const FILTERS_MAX = 20;
export const FILTER_NAME_MAX = 40;
export const FILTER_URL_MAX = 500;
/** Path and query, and of no other origin. */
export const FILTER_URL_PATTERN = /^\/(?![/\\])[^\s\\]*$/;

/** Of all preferences of one person as JSON, saved filters included: what was read can be sent back in one request. */
export const PREFERENCES_MAX_BYTES = 64 * 1024;

/** A view of the inbox that a person has given a name. */
export interface SavedFilter {
  name: string;
  /** Path and query of the page that shows it. */
  url: string;
}

/** What may draw a person's attention, and what they have saved. They follow the person to every page, tab and browser. */
export interface Preferences extends Attentiveness {
  /** Each name once, in the order in which they were saved. */
  filters: SavedFilter[];
}

/** Answer to the question for them. */
export interface PreferencesAnswer extends Preferences {
  /** This person has never chosen, as far as this server knows: one that keeps nothing on disk has forgotten it at a restart. */
  untouched?: true;
}

/** What may draw a person's attention. */
export interface Attentiveness {
  /** Categories that are not named may pop up. */
  categories: Record<string, Attention>;
  /** The least urgent priority that pops up. */
  minToast: Priority;
  /** The least urgent priority that is heard, where `sound` is on. */
  minSound: Priority;
  sound: boolean;
  /** Notifications of the operating system, while the page is hidden. Each browser asks for leave besides. */
  desktop: boolean;
  quietHours: QuietHours | null;
}

/** Of a person who has not chosen. Sound and desktop are off: nobody wants them from a page that has not been asked. */
export const DEFAULT_PREFERENCES: Preferences = {
  categories: {},
  minToast: 'low',
  minSound: 'medium',
  sound: false,
  desktop: false,
  quietHours: null,
  filters: [],
};

/** Whether this is the name of a time zone that is known here; an offset such as `+02:00` has no summer time and is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
