import { ADMIN_ROLE, type Channel, EVERYONE, type NotificationDraft, parseChannel } from '@herald/protocol';
import type { Sender } from '../auth/sender.js';
import type { Refusal } from '../http/refusal/refusal.js';
import type { User, UserRepository } from '../repository/user-repository.js';
import { beyondAudience, everyoneRefused, otherUserRefused, roleRefused, topicRefused } from './audience-refusals.js';

/**
 * The channels that a draft goes to: those that it names, by default everyone. An app sends to its own audience, by the
 * present rights of its owner. A draft of an app that names none goes to all channels that the app may still send to.
 * @param user the account of the sender, or of the owner of the app
 * @param field request field that names the audience, for the refusal
 * @throws Refusal audience_refused
 */
export function allowedAudience(
  { audience }: NotificationDraft,
  { app }: Sender,
  user: User,
  field: string,
): readonly string[] {
  if (app === undefined) {
    const named = audience ?? [EVERYONE];
    checkEach(named, (name) => faultOf(name, user, field));
    return named;
  }
  if (audience === undefined) return stillAllowed(app.audience, user, field);
  const beyond = audience.find((name) => !app.audience.includes(name));
  if (beyond !== undefined) throw beyondAudience(beyond, field);
  checkAppRights(audience, user, field);
  return audience;
}

/**
 * Checks the rights of an app's owner. Apps of administrators may send to anyone, those of others to their owner and to
 * the topics that the owner follows.
 * @param field request field that names the audience, for the refusal
 * @throws Refusal audience_refused
 */
export function checkAppRights(audience: readonly string[], owner: User, field: string): void {
  checkEach(audience, (name) => faultOfApp(name, owner, field));
}

/**
 * Looks up all users of an audience, so that the duration does not reveal which of them is unknown.
 * @returns the users who do not exist
 */
export async function unknownUsersOf(audience: readonly string[], users: UserRepository): Promise<string[]> {
  const named = audience.map(readChannel).filter(({ kind }) => kind === 'user') as { name: string }[];
  const found = await Promise.all(named.map(({ name }) => users.find(name)));
  return named.filter((_, n) => found[n] === undefined).map(({ name }) => name);
}

/** Validation has refused invalid names already. The error ensures that none can bypass the rights check. */
function readChannel(name: string): Channel {
  const channel = parseChannel(name);
  if (channel === undefined) throw new TypeError(`not a channel: ${name}`);
  return channel;
}

/** @throws Refusal the first fault */
function checkEach(audience: readonly string[], fault: (name: string) => Refusal | undefined): void {
  for (const name of audience) {
    const refusal = fault(name);
    if (refusal !== undefined) throw refusal;
  }
}

/** A topic that the owner no longer follows must not stop the app. @throws Refusal when nothing is left */
function stillAllowed(audience: readonly string[], owner: User, field: string): readonly string[] {
  const left = audience.filter((name) => faultOfApp(name, owner, field) === undefined);
  if (left.length === 0) checkAppRights(audience, owner, field);
  return left;
}

/** Administrators may send to anyone, others to users and to the topics that they follow. */
function faultOf(name: string, { roles, topics }: User, field: string): Refusal | undefined {
  const channel = readChannel(name);
  if (roles.includes(ADMIN_ROLE) || channel.kind === 'user') return undefined;
  if (channel.kind === 'everyone') return everyoneRefused(field);
  if (channel.kind === 'role') return roleRefused(field);
  return topics.includes(channel.name) ? undefined : topicRefused(channel.name, field);
}

function faultOfApp(name: string, owner: User, field: string): Refusal | undefined {
  const channel = readChannel(name);
  const isOther = channel.kind === 'user' && channel.name !== owner.username;
  return isOther && !owner.roles.includes(ADMIN_ROLE) ? otherUserRefused(field) : faultOf(name, owner, field);
}
