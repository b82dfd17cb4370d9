import { ADMIN_ROLE, type Channel, parseChannel, userChannel } from '@herald/protocol';
import type { Sender } from '../auth/sender.js';
import type { User, UserRepository } from '../repository/user-repository.js';
import { beyondAudience, everyoneRefused, otherUserRefused, roleRefused, topicRefused } from './audience-refusals.js';

/**
 * Checks the sender's rights. Administrators may send to anyone, others to users and to the topics that they follow.
 * @param field request field that names the audience, for the refusal
 * @throws Refusal audience_refused
 */
export function checkRights(audience: readonly string[], sender: User, field: string): void {
  for (const name of audience) checkRight(readChannel(name), sender, field);
}

/**
 * Checks the rights of an app's owner. Apps of administrators may send to anyone, those of others to their owner and to
 * the topics that the owner follows.
 * @param field request field that names the audience, for the refusal
 * @throws Refusal audience_refused
 */
export function checkAppRights(audience: readonly string[], owner: User, field: string): void {
  checkRights(audience, owner, field);
  const isOther = (name: string): boolean => name.startsWith('user:') && name !== userChannel(owner.username);
  if (!owner.roles.includes(ADMIN_ROLE) && audience.some(isOther)) throw otherUserRefused(field);
}

/**
 * Checks that a sender may send to an audience: an app to its own audience, by the present rights of its owner.
 * @param user the account of the sender, or of the owner of the app
 * @throws Refusal audience_refused
 */
export function checkSender(audience: readonly string[], { app }: Sender, user: User, field: string): void {
  if (app === undefined) {
    checkRights(audience, user, field);
    return;
  }
  const beyond = audience.find((name) => !app.audience.includes(name));
  if (beyond !== undefined) throw beyondAudience(beyond, field);
  checkAppRights(audience, user, field);
}

/**
 * Looks up all users of an audience, so that the duration does not reveal which of them is unknown.
 * @returns the first user who does not exist, if any
 */
export async function unknownUserOf(audience: readonly string[], users: UserRepository): Promise<string | undefined> {
  const named = audience.map(readChannel).filter(({ kind }) => kind === 'user') as { name: string }[];
  const found = await Promise.all(named.map(({ name }) => users.find(name)));
  return named.find((_, n) => found[n] === undefined)?.name;
}

/** Validation has refused invalid names already. The error ensures that none can bypass the rights check. */
function readChannel(name: string): Channel {
  const channel = parseChannel(name);
  if (channel === undefined) throw new TypeError(`not a channel: ${name}`);
  return channel;
}

function checkRight(channel: Channel, { roles, topics }: User, field: string): void {
  if (roles.includes(ADMIN_ROLE) || channel.kind === 'user') return;
  if (channel.kind === 'everyone') throw everyoneRefused(field);
  if (channel.kind === 'role') throw roleRefused(field);
  if (!topics.includes(channel.name)) throw topicRefused(channel.name, field);
}
