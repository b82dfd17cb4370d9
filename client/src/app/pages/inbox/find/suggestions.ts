import type { InboxItem } from '@herald/client/inbox';
import { parseChannel } from '@herald/protocol';

/** Words of each list: more are no help to choose. */
const WORDS_MAX = 50;

/** Words for the fields of the filters. */
export interface Suggestions {
  categories: string[];
  topics: string[];
  senders: string[];
}

/** Words that a filter would find something by, in order. @param topics that the person follows */
export function suggestionsIn(items: readonly InboxItem[], topics: readonly string[]): Suggestions {
  return {
    categories: wordsOf(items.map(({ category }) => category)),
    topics: wordsOf([...topics, ...items.flatMap(({ audience }) => audience.flatMap(topicOf))]),
    senders: wordsOf(items.map(({ sender }) => sender)),
  };
}

function topicOf(channel: string): string[] {
  const parsed = parseChannel(channel);
  return parsed?.kind === 'topic' ? [parsed.name] : [];
}

function wordsOf(words: readonly string[]): string[] {
  return [...new Set(words)].slice(0, WORDS_MAX).sort();
}
