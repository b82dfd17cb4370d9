import { EVERYONE, roleChannel, topicChannel, userChannel } from '../../../../protocol/channels';
import type { Recipients } from '../../../../protocol/recipients';
import type { Offers } from '../forms/chips-field';
import { channelInWords } from '../language/channel-words';

/**
 * The channel that a person means by a word: its name in full, `@ada`, `#builds`, everyone in their language, or the name
 * alone of one that is offered.
 * Any other name is taken for a user's: the server knows whether there is one.
 */
export function channelMeant(word: string, { users, roles, topics }: Recipients): string {
  if ([EVERYONE, channelInWords(EVERYONE)].includes(word.toLowerCase())) return EVERYONE;
  if (word.startsWith('@')) return userChannel(word.slice(1));
  if (word.startsWith('#')) return topicChannel(word.slice(1));
  if (word.includes(':') || users.includes(word)) return word.includes(':') ? word : userChannel(word);
  if (roles.includes(word)) return roleChannel(word);
  return topics.includes(word) ? topicChannel(word) : userChannel(word);
}

/** What is offered, by kinds. */
export function groupsOf({ everyone, users, roles, topics }: Recipients, part: string): Offers[] {
  const isMeant = [EVERYONE, channelInWords(EVERYONE)].some((name) => name.includes(part.toLowerCase()));
  return [
    { name: $localize`:@@recipient.all:All`, values: everyone && isMeant ? [EVERYONE] : [] },
    { name: $localize`:@@recipient.people:People`, values: users.map(userChannel) },
    { name: $localize`:@@recipient.roles:Roles`, values: roles.map(roleChannel) },
    { name: $localize`:@@recipient.topics:Topics`, values: topics.map(topicChannel) },
  ];
}
