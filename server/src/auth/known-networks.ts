import type { User } from '../repository/user-repository.js';

/** Networks remembered of one account, those that were used last. */
const KNOWN_NETWORKS_MAX = 16;

/** Whether somebody has signed in to the account from this network, as `networkOf` makes it. */
export function isKnownNetwork(user: User | undefined, network: string): boolean {
  return user?.knownNetworks?.includes(network) === true;
}

/** The account once somebody has signed in to it from this network. */
export function withKnownNetwork(user: User, network: string): User {
  const known = user.knownNetworks ?? [];
  if (known[0] === network) return user;
  return { ...user, knownNetworks: [network, ...known.filter((other) => other !== network)].slice(0, KNOWN_NETWORKS_MAX) };
}
