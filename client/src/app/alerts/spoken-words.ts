import { plainText } from '#app/notification/plain-text';
import type { InboxItem } from '@herald/client/inbox';

/** Maximum of high-priority arrivals announced one by one; more are counted. */
const URGENT_MAX = 3;
/** Maximum length of an announced message in UTF-16 code units; the full text is in the open notification. */
const MESSAGE_MAX = 200;

type Said = Pick<InboxItem, 'title' | 'message' | 'markdown'>;

/** Lines that announce high-priority arrivals. */
export function spokenUrgent(items: readonly Said[]): string[] {
  if (items.length > URGENT_MAX) return [$localize`:@@spoken.urgents:${items.length}:count: new of high priority`];
  return items.map((item) => $localize`:@@spoken.urgent:High priority: ${inWords(item)}:notification:`);
}

/** @param first first arrival; named if it is the only one */
export function spokenNews(first: Said | null, count: number): string {
  if (count > 1) return $localize`:@@spoken.news:${count}:count: new notifications`;
  return first === null
    ? $localize`:@@spoken.one:1 new notification`
    : $localize`:@@spoken.new:New: ${inWords(first)}:notification:`;
}

export function spokenLate({ count, urgent }: { count: number; urgent: number }): string {
  return urgent > 0
    ? $localize`:@@spoken.lateUrgent:${count}:count: came while you were away, ${urgent}:urgent: of high priority`
    : $localize`:@@spoken.late:${count}:count: came while you were away`;
}

function inWords(item: Said): string {
  const message = plainText(item);
  return `${item.title}. ${message.length > MESSAGE_MAX ? `${message.slice(0, MESSAGE_MAX)}…` : message}`;
}
