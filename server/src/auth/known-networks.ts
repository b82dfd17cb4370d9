import type { User } from '../repository/user-repository.js';

/** Networks kept for one account; the least recently used one is dropped. */
const KNOWN_NETWORKS_MAX = 16;

/** Whether somebody has signed in to the account from this network, a result of `networkOf`. */
export function isKnownNetwork(user: User | undefined, network: string): boolean {
  return user?.knownNetworks?.includes(network) === true;
}

/** The account with this network as its most recently used one. */
export function withKnownNetwork(user: User, network: string): User {
  const known = user.knownNetworks ?? [];
  if (known[0] === network) return user;
  return {
    ...user,
    knownNetworks: [network, ...known.filter((other) => other !== network)].slice(0, KNOWN_NETWORKS_MAX),
  };
}
