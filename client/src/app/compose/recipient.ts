import { EVERYONE, roleChannel, topicChannel, userChannel } from '../../../../protocol/channels';
import type { Recipients } from '../../../../protocol/recipients';

/** Channels of one kind, as they are offered. */
export interface RecipientGroup {
  name: string;
  channels: readonly string[];
}

/**
 * The channel that a person means by a word: its name in full, `@ada`, `#builds`, or the name alone of one that is offered.
 * Any other name is taken for a user's: the server knows whether there is one.
 */
export function channelMeant(word: string, { users, roles, topics }: Recipients): string {
  if (word.toLowerCase() === EVERYONE) return EVERYONE;
  if (word.startsWith('@')) return userChannel(word.slice(1));
  if (word.startsWith('#')) return topicChannel(word.slice(1));
  if (word.includes(':') || users.includes(word)) return word.includes(':') ? word : userChannel(word);
  if (roles.includes(word)) return roleChannel(word);
  return topics.includes(word) ? topicChannel(word) : userChannel(word);
}

/** What is offered, without what was chosen; kinds of which nothing is left are left out. */
export function groupsOf({ everyone, users, roles, topics }: Recipients, part: string, chosen: readonly string[]): RecipientGroup[] {
  const all = everyone && EVERYONE.includes(part.toLowerCase()) ? [EVERYONE] : [];
  return [
    { name: $localize`:@@recipient.all:All`, channels: all },
    { name: $localize`:@@recipient.people:People`, channels: users.map(userChannel) },
    { name: $localize`:@@recipient.roles:Roles`, channels: roles.map(roleChannel) },
    { name: $localize`:@@recipient.topics:Topics`, channels: topics.map(topicChannel) },
  ]
    .map(({ name, channels }) => ({ name, channels: channels.filter((channel) => !chosen.includes(channel)) }))
    .filter(({ channels }) => channels.length > 0);
}
