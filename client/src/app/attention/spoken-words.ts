import type { InboxItem } from '../inbox/store/inbox-item';

/** Urgent ones are said one by one up to here; what is more is a number. */
const URGENT_MAX = 3;
/** Of a message, in UTF-16 code units: who wants to hear the rest opens it. */
const MESSAGE_MAX = 200;

type Said = Pick<InboxItem, 'title' | 'message'>;

/** The lines that urgent ones are said by. */
export function spokenUrgent(items: readonly Said[]): string[] {
  if (items.length > URGENT_MAX) return [`${items.length} new of high priority`];
  return items.map((item) => `High priority: ${inWords(item)}`);
}

/** @param first of them; it is named when it is the only one */
export function spokenNews(first: Said | null, count: number): string {
  return first !== null && count === 1 ? `New: ${inWords(first)}` : `${count} new notifications`;
}

export function spokenLate({ count, urgent }: { count: number; urgent: number }): string {
  return urgent > 0 ? `${count} came while you were away, ${urgent} of high priority` : `${count} came while you were away`;
}

function inWords({ title, message }: Said): string {
  return `${title}. ${message.length > MESSAGE_MAX ? `${message.slice(0, MESSAGE_MAX)}…` : message}`;
}
