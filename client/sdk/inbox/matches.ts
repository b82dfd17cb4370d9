import { type InboxFilter, type InboxItem, searchedText, topicChannel, type View, wordsOf } from '@herald/protocol';

/** Whether the server finds it by this filter. */
export function matches(
  item: InboxItem,
  { view, unread, unconfirmed, priority, category, topic, sender, from, to, q }: InboxFilter,
): boolean {
  return (
    (view === 'all' || view === viewOf(item)) &&
    !(unread === true && item.read) &&
    !(unconfirmed === true && !isUnconfirmed(item)) &&
    (priority?.includes(item.priority) ?? true) &&
    (category === undefined || category === item.category) &&
    (topic === undefined || item.audience.includes(topicChannel(topic))) &&
    (sender === undefined || sender === item.sender) &&
    isBetween(item.createdAt, from, to) &&
    hasWords(item, q ?? '')
  );
}

/** Whether the person must confirm it, and has not. */
export function isUnconfirmed({ requiresAck, acknowledged }: InboxItem): boolean {
  return requiresAck === true && acknowledged !== true;
}

export function viewOf({ archived, snoozedUntil }: Pick<InboxItem, 'archived' | 'snoozedUntil'>): Exclude<View, 'all'> {
  if (archived) return 'archived';
  return snoozedUntil === null ? 'inbox' : 'snoozed';
}

function isBetween(instant: string, from: string | undefined, to: string | undefined): boolean {
  const at = Date.parse(instant);
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}

function hasWords(item: InboxItem, q: string): boolean {
  const words = wordsOf(q);
  if (words.length === 0) return true;
  const text = searchedText(item);
  return words.every((word) => text.includes(word));
}
