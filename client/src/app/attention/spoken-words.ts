import type { InboxItem } from '../inbox/store/inbox-item';
import { plainText } from '../notification/plain-text';

/** Urgent ones are said one by one up to here; what is more is a number. */
const URGENT_MAX = 3;
/** Of a message, in UTF-16 code units: who wants to hear the rest opens it. */
const MESSAGE_MAX = 200;

type Said = Pick<InboxItem, 'title' | 'message' | 'markdown'>;

/** The lines that urgent ones are said by. */
export function spokenUrgent(items: readonly Said[]): string[] {
  if (items.length > URGENT_MAX) return [$localize`:@@spoken.urgents:${items.length}:count: new of high priority`];
  return items.map((item) => $localize`:@@spoken.urgent:High priority: ${inWords(item)}:notification:`);
}

/** @param first of them; it is named when it is the only one */
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
