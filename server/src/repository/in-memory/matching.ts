import { topicChannel } from '../../../../protocol/channels.js';
import type { InboxFilter } from '../../../../protocol/inbox.js';
import type { Condition } from './notification-index.js';
import { Search } from './search-text.js';
import { type State, viewOf } from './state.js';
import { lastIdBefore } from './stored-notification.js';

/** Compiles what a filter says of the notification itself, but for `to`: that says where to begin. */
export function matching({ q, priority, category, topic, from }: InboxFilter): Condition {
  const conditions: Condition[] = [];
  if (q !== undefined) conditions.push(has(new Search(q)));
  if (priority !== undefined) conditions.push(({ notification }) => priority.includes(notification.priority));
  if (category !== undefined) conditions.push(({ notification }) => notification.category === category);
  if (topic !== undefined) conditions.push(isIn(topicChannel(topic)));
  if (from !== undefined) conditions.push(isFrom(Date.parse(from)));
  return (stored) => {
    for (const holds of conditions) if (!holds(stored)) return false;
    return true;
  };
}

/** The id to begin with, so that what is too new is not looked at. */
export function newest({ to }: InboxFilter, upTo: string | undefined): string | undefined {
  if (to === undefined) return upTo;
  const last = lastIdBefore(Date.parse(to));
  return upTo === undefined || last < upTo ? last : upTo;
}

/** What a filter says of what the person has done with it. */
export function matchesState({ view, unread }: InboxFilter, state: State): boolean {
  return (view === 'all' || view === viewOf(state)) && !(unread === true && state.read);
}

const has = (search: Search): Condition => ({ text }) => text.has(search);
const isIn = (channel: string): Condition => ({ channels }) => channels.includes(channel);
const isFrom = (instant: number): Condition => ({ time }) => time >= instant;
