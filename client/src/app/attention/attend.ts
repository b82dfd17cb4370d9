import { PRIORITIES, type Priority } from '../../../../protocol/notification';
import type { Preferences } from '../../../../protocol/preferences';
import type { InboxItem } from '../inbox/store/inbox-item';
import { ruleOf } from './category-rules';
import { type Folded, type FloodGauge, foldFlood } from './flood';
import { isQuiet } from './quiet-hours';

/** What a person's preferences make of what arrived. What is in none of these is in the inbox only. */
export interface Attended extends Folded {
  /** What came while the page was away, if it is several: to be counted. */
  late: InboxItem[];
  /** To be summed up when the quiet hours are over. */
  held: InboxItem[];
  /** The most urgent that may be heard; null for silence. */
  sound: Priority | null;
}

/**
 * Only what may pop up can be heard or held back. High breaks through quiet hours, but not through what the person chose
 * for its category. What came during quiet hours, and is only known now that they are over, is summed up as well.
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
