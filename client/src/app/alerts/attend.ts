import { ruleOf } from '#app/preferences/category-attention';
import { isQuiet } from '#app/preferences/quiet-hours';
import type { InboxItem } from '@herald/client/inbox';
import { type Preferences, PRIORITIES, type Priority } from '@herald/protocol';
import { type Folded, type FloodGauge, foldFlood } from './flood';

/** Arrivals sorted by the person's preferences. The others appear in the inbox only. */
export interface Attended extends Folded {
  /** Arrived while the page was away, if several: to be counted. */
  late: InboxItem[];
  /** To be summed up when the quiet hours end. */
  held: InboxItem[];
  /** Priority of the sound to play; null for silence. */
  sound: Priority | null;
}

/**
 * Only arrivals that may show a toast can make a sound or be held back. High priority breaks through quiet hours, but
 * not through the rule of its category. Arrivals sent in quiet hours and received afterwards are held back for the
 * summary as well.
 * @param now milliseconds since 1970
 */
export function attend(
  gauge: FloodGauge,
  arrived: readonly InboxItem[],
  preferences: Preferences,
  now: number,
): Attended {
  const { quietHours } = preferences;
  const isQuietNow = isQuiet(quietHours, now);
  const wanted = arrived.filter((item) => mayPopUp(item, preferences));
  const isHeld = (item: InboxItem): boolean =>
    item.priority !== 'high' && (isQuietNow || isQuiet(quietHours, Date.parse(item.createdAt)));
  const shown = wanted.filter((item) => !isHeld(item));
  const cameLate = shown.filter(({ isLate }) => isLate);
  const late = cameLate.length > 1 ? cameLate : [];
  return {
    ...foldFlood(gauge, late.length > 0 ? shown.filter(({ isLate }) => !isLate) : shown, now),
    late,
    held: wanted.filter(isHeld),
    sound: preferences.sound ? mostUrgent(shown, preferences.minSound) : null,
  };
}

function mayPopUp({ category, priority }: InboxItem, { categories, minToast }: Preferences): boolean {
  return ruleOf(categories, category) === 'toast' && isAtLeast(priority, minToast);
}

function mostUrgent(items: readonly InboxItem[], least: Priority): Priority | null {
  return (
    PRIORITIES.find((priority) => isAtLeast(priority, least) && items.some((item) => item.priority === priority)) ??
    null
  );
}

function isAtLeast(priority: Priority, least: Priority): boolean {
  return PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(least);
}
