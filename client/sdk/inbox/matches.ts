import { type InboxFilter, type InboxItem, topicChannel, type View } from '@herald/protocol';

/** Whether the server finds it by this filter. */
export function matches(
  item: InboxItem,
  { view, unread, priority, category, topic, from, to, q }: InboxFilter,
): boolean {
  return (
    (view === 'all' || view === viewOf(item)) &&
    !(unread === true && item.read) &&
    (priority?.includes(item.priority) ?? true) &&
    (category === undefined || category === item.category) &&
    (topic === undefined || item.audience.includes(topicChannel(topic))) &&
    isBetween(item.createdAt, from, to) &&
    hasWords(item, q ?? '')
  );
}

export function viewOf({ archived, snoozedUntil }: Pick<InboxItem, 'archived' | 'snoozedUntil'>): Exclude<View, 'all'> {
  if (archived) return 'archived';
  return snoozedUntil === null ? 'inbox' : 'snoozed';
}

function isBetween(instant: string, from: string | undefined, to: string | undefined): boolean {
  const at = Date.parse(instant);
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}

function hasWords({ title, message, category, sender, tags = [] }: InboxItem, q: string): boolean {
  const words = inOneForm(q).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = inOneForm([title, message, category, sender, ...tags].join('\n'));
  return words.every((word) => text.includes(word));
}

/** Ignores case, and how a keyboard composes a letter. */
function inOneForm(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
