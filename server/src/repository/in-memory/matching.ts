import { topicChannel } from '../../../../protocol/channels.js';
import type { InboxFilter } from '../../../../protocol/inbox.js';
import { searchWords } from './search-text.js';
import { type State, viewOf } from './state.js';
import type { StoredNotification } from './stored-notification.js';

export type Matcher = (stored: StoredNotification, state: State) => boolean;

/** Compiles a filter: what costs least is looked at first, the text last. */
export function matching(filter: InboxFilter): Matcher {
  const conditions = [...stateConditions(filter), ...notificationConditions(filter)];
  const words = searchWords(filter.q ?? '');
  return (stored, state) => conditions.every((holds) => holds(stored, state)) && words.every((word) => stored.text.has(word));
}

function stateConditions({ view, unread }: InboxFilter): Matcher[] {
  const conditions: Matcher[] = [];
  if (view !== 'all') conditions.push((_, state) => viewOf(state) === view);
  if (unread === true) conditions.push((_, { read }) => !read);
  return conditions;
}

function notificationConditions({ priority, category, topic, from, to }: InboxFilter): Matcher[] {
  const conditions: Matcher[] = [];
  if (priority !== undefined) conditions.push(({ notification }) => priority.includes(notification.priority));
  if (category !== undefined) conditions.push(({ notification }) => notification.category === category);
  if (topic !== undefined) {
    const channel = topicChannel(topic);
    conditions.push(({ channels }) => channels.includes(channel));
  }
  if (from !== undefined) conditions.push(storedFrom(Date.parse(from)));
  if (to !== undefined) conditions.push(storedBefore(Date.parse(to)));
  return conditions;
}

const storedFrom = (instant: number): Matcher => ({ time }) => time >= instant;
const storedBefore = (instant: number): Matcher => ({ time }) => time < instant;
