import { topicChannel } from '../../../../protocol/channels.js';
import type { InboxFilter } from '../../../../protocol/inbox.js';
import { Search } from './search-text.js';
import { type State, viewOf } from './state.js';
import type { StoredNotification } from './stored-notification.js';

type Condition = (stored: StoredNotification) => boolean;

/** Compiles what a filter says of the notification itself. */
export function matching({ q, priority, category, topic, from, to }: InboxFilter): Condition {
  const conditions: Condition[] = [];
  if (q !== undefined) conditions.push(has(new Search(q)));
  if (priority !== undefined) conditions.push(({ notification }) => priority.includes(notification.priority));
  if (category !== undefined) conditions.push(({ notification }) => notification.category === category);
  if (topic !== undefined) conditions.push(isIn(topicChannel(topic)));
  if (from !== undefined) conditions.push(isFrom(Date.parse(from)));
  if (to !== undefined) conditions.push(isBefore(Date.parse(to)));
  return (stored) => {
    for (const holds of conditions) if (!holds(stored)) return false;
    return true;
  };
}

/** What a filter says of what the person has done with it. */
export function matchesState({ view, unread }: InboxFilter, state: State): boolean {
  return (view === 'all' || view === viewOf(state)) && !(unread === true && state.read);
}

const has = (search: Search): Condition => ({ text }) => text.has(search);
const isIn = (channel: string): Condition => ({ channels }) => channels.includes(channel);
const isFrom = (instant: number): Condition => ({ time }) => time >= instant;
const isBefore = (instant: number): Condition => ({ time }) => time < instant;
