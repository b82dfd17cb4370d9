import type { User } from '../repository/user-repository.js';
import { isKnownNetwork, withKnownNetwork } from './known-networks.js';

const ADA: User = { username: 'ada', passwordHash: '', roles: [], topics: [] };

describe('the networks that an account knows', () => {
  test('are those from which somebody signed in, the last one first', () => {
    const user = ['a', 'b', 'a'].reduce(withKnownNetwork, ADA);
    expect(user).toEqual({ ...ADA, knownNetworks: ['a', 'b'] });
    expect(['a', 'b', 'c'].map((network) => isKnownNetwork(user, network))).toEqual([true, true, false]);
    expect(isKnownNetwork(undefined, 'a')).toBe(false);
  });

  test('leave the account as it is where nothing changes', () => {
    const user = withKnownNetwork(ADA, 'a');
    expect(withKnownNetwork(user, 'a')).toBe(user);
  });

  test('are 16 at most: the one used longest ago is forgotten', () => {
    const networks = Array.from({ length: 17 }, (_, n) => `network-${n}`);
    expect(networks.reduce(withKnownNetwork, ADA).knownNetworks).toEqual(networks.slice(1).reverse());
  });
});
