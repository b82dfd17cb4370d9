import type { User } from '../repository/user-repository.js';
import { isKnownNetwork, withKnownNetwork } from './known-networks.js';

const ADA: User = { username: 'ada', passwordHash: '', roles: [], topics: [] };

describe('the known networks of an account', () => {
  test('are the networks of its sign-ins, the most recently used first', () => {
    const user = ['a', 'b', 'a'].reduce(withKnownNetwork, ADA);
    expect(user).toEqual({ ...ADA, knownNetworks: ['a', 'b'] });
    expect(['a', 'b', 'c'].map((network) => isKnownNetwork(user, network))).toEqual([true, true, false]);
    expect(isKnownNetwork(undefined, 'a')).toBe(false);
  });

  test('stay unchanged when the network is already first', () => {
    const user = withKnownNetwork(ADA, 'a');
    expect(withKnownNetwork(user, 'a')).toBe(user);
  });

  test('number at most 16: the least recently used one is dropped', () => {
    const networks = Array.from({ length: 17 }, (_, n) => `network-${n}`);
    expect(networks.reduce(withKnownNetwork, ADA).knownNetworks).toEqual(networks.slice(1).reverse());
  });
});
