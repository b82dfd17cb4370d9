import type { User } from '../repository/user-repository.js';
import { isKnownNetwork, withKnownNetwork } from './known-networks.js';

const ADA: User = { username: 'ada', passwordHash: '', roles: [], topics: [] };

describe('the networks that an account knows', () => {
  test('are those from which somebody signed in, the most recently used first', () => {
    const user = ['a', 'b', 'a'].reduce(withKnownNetwork, ADA);
    expect(user).toEqual({ ...ADA, knownNetworks: ['a', 'b'] });
    expect(['a', 'b', 'c'].map((network) => isKnownNetwork(user, network))).toEqual([true, true, false]);
    expect(isKnownNetwork(undefined, 'a')).toBe(false);
  });

  test('leave the account unchanged when the network is already first', () => {
    const user = withKnownNetwork(ADA, 'a');
    expect(withKnownNetwork(user, 'a')).toBe(user);
  });

  test('are 16 at most, and the least recently used one is dropped', () => {
    const networks = Array.from({ length: 17 }, (_, n) => `network-${n}`);
    expect(networks.reduce(withKnownNetwork, ADA).knownNetworks).toEqual(networks.slice(1).reverse());
  });
});
