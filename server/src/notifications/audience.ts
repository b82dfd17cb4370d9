import { ADMIN_ROLE, type Channel, parseChannel } from '../../../protocol/channels.js';
import type { User, UserRepository } from '../repository/user-repository.js';
import { AudienceRefusedError, UnknownRecipientError } from './audience-errors.js';

/**
 * Who may send to whom: an administrator to anyone; everybody else to users, and to topics they have subscribed to.
 * @param field of the request that names the audience, for the refusal
 * @throws AudienceRefusedError | UnknownRecipientError
 */
export async function checkAudience(audience: readonly string[], sender: User, users: UserRepository, field = 'audience'): Promise<void> {
  const channels = audience.map(readChannel);
  for (const channel of channels) checkRight(channel, sender, field);
  for (const channel of channels) {
    if (channel.kind !== 'user') continue;
    if ((await users.find(channel.name)) === undefined) throw new UnknownRecipientError(channel.name, field);
  }
}

/** The edge has refused what is no channel; nothing may get past the check by not being one. */
function readChannel(name: string): Channel {
  const channel = parseChannel(name);
  if (channel === undefined) throw new TypeError(`not a channel: ${name}`);
  return channel;
}

function checkRight(channel: Channel, { roles, topics }: User, field: string): void {
  if (roles.includes(ADMIN_ROLE) || channel.kind === 'user') return;
  if (channel.kind === 'everyone') throw new AudienceRefusedError('only an administrator may send to everyone', field);
  if (channel.kind === 'role') throw new AudienceRefusedError('only an administrator may send to a role', field);
  if (!topics.includes(channel.name)) throw new AudienceRefusedError(`subscribe to the topic ${channel.name} to send to it`, field);
}
