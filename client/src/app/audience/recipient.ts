import type { Offers } from '#app/forms/chips-field';
import { channelInWords } from '#app/i18n/channel-words';
import { EVERYONE, type Recipients, roleChannel, topicChannel, userChannel } from '@herald/protocol';

/**
 * The channel that a typed word means: a full channel name, `@ada`, `#builds`, everyone in the page's language, or the
 * bare name of a suggestion.
 * Any other name counts as a user's; the server knows whether that user exists.
 */
export function channelMeant(word: string, { users, roles, topics }: Recipients): string {
  if ([EVERYONE, channelInWords(EVERYONE)].includes(word.toLowerCase())) return EVERYONE;
  if (word.startsWith('@')) return userChannel(word.slice(1));
  if (word.startsWith('#')) return topicChannel(word.slice(1));
  if (word.includes(':') || users.includes(word)) return word.includes(':') ? word : userChannel(word);
  if (roles.includes(word)) return roleChannel(word);
  return topics.includes(word) ? topicChannel(word) : userChannel(word);
}

/** Name of the user whose channel this is; null for other channels. */
export function personIn(channel: string): string | null {
  return channel.startsWith(userChannel('')) ? channel.slice(userChannel('').length) : null;
}

/** Two answers with suggestions as one. */
export function merged(one: Recipients, other: Recipients): Recipients {
  const union = (kind: 'users' | 'roles' | 'topics'): string[] => [...new Set([...one[kind], ...other[kind]])];
  return {
    everyone: one.everyone || other.everyone,
    users: union('users'),
    roles: union('roles'),
    topics: union('topics'),
  };
}

/** Suggestions grouped by kind. */
export function groupsOf({ everyone, users, roles, topics }: Recipients, part: string): Offers[] {
  const isMeant = [EVERYONE, channelInWords(EVERYONE)].some((name) => name.includes(part.toLowerCase()));
  return [
    { name: $localize`:@@recipient.all:All`, values: everyone && isMeant ? [EVERYONE] : [] },
    { name: $localize`:@@recipient.people:People`, values: users.map(userChannel) },
    { name: $localize`:@@recipient.roles:Roles`, values: roles.map(roleChannel) },
    { name: $localize`:@@recipient.topics:Topics`, values: topics.map(topicChannel) },
  ];
}
