import type { Priority } from './notification.ts';

/** Attention that a category may draw: pop up, only appear in the inbox, or count as read and never be shown as new. */
export const ATTENTIONS = ['toast', 'inbox', 'muted'] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** Categories that one person may have a rule for. */
export const CATEGORY_RULES_MAX = 200;
/** A time of day, `00:00` to `23:59`. */
export const TIME_OF_DAY_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Daily period in which only high priority is shown. A `from` later than `to` spans midnight. */
export interface QuietHours {
  from: string;
  to: string;
  /** IANA name, such as `Europe/Berlin`: the hours are local time there, daylight saving included. */
  timeZone: string;
}

/** Limits of saved filters: number per person, and length of names and addresses in UTF-16 code units. */
export const FILTERS_MAX = 20;
export const FILTER_NAME_MAX = 40;
export const FILTER_URL_MAX = 500;
/** Path and query that can't lead to another origin. */
export const FILTER_URL_PATTERN = /^\/(?![/\\])[^\s\\]*$/;

/** Size of one person's preferences as JSON, saved filters included: they can always be sent back in one request. */
export const PREFERENCES_MAX_BYTES = 64 * 1024;

/** A view of the inbox, saved under a name. */
export interface SavedFilter {
  name: string;
  /** Path and query of the page that shows it. */
  url: string;
}

/** A person's attention settings and saved filters. They follow the person to every page, tab and browser. */
export interface Preferences extends Attentiveness {
  /** Names are unique, in the order in which they were saved. */
  filters: SavedFilter[];
}

/** Answer of `GET /api/preferences`. */
export interface PreferencesAnswer extends Preferences {
  /** This person has never chosen, as far as this server knows: one without disk storage forgets it at a restart. */
  untouched?: true;
}

/** A person's attention settings. */
export interface Attentiveness {
  /** Unlisted categories may pop up. */
  categories: Record<string, Attention>;
  /** The least urgent priority that pops up. */
  minToast: Priority;
  /** The least urgent priority that plays a sound, if `sound` is on. */
  minSound: Priority;
  sound: boolean;
  /** Notifications of the operating system while the page is hidden. Each browser also asks for permission. */
  desktop: boolean;
  quietHours: QuietHours | null;
}

/** Preferences of a person who has not chosen. Sound and desktop are off: nobody wants them unasked. */
export const DEFAULT_PREFERENCES: Preferences = {
  categories: {},
  minToast: 'low',
  minSound: 'medium',
  sound: false,
  desktop: false,
  quietHours: null,
  filters: [],
};

/** Whether a name is a known time zone. An offset such as `+02:00` has no daylight saving and does not count. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
