import { type App, parseChannel } from '@herald/protocol';

export interface Reader {
  username: string;
  roles: readonly string[];
  topics: readonly string[];
}

/** Whether a person receives each notification that an app may send. */
export function receivesAll({ username, roles, topics }: Reader, { scope, audience }: App): boolean {
  const receives = (name: string): boolean => {
    const channel = parseChannel(name);
    switch (channel?.kind) {
      case 'everyone':
        return true;
      case 'user':
        return channel.name === username;
      case 'role':
        return roles.includes(channel.name);
      case 'topic':
        return topics.includes(channel.name);
      default:
        return false;
    }
  };
  return scope === 'send' && audience.every(receives);
}
