import { LinkedPeers } from '#test/linked-peers.js';
import { jest } from '@jest/globals';
import { PeerConnections } from './peer-connections.js';

describe('PeerConnections', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('counts those with an eighth of the limit or more at another process, until it is silent for three seconds', () => {
    const [here, there] = LinkedPeers.pair();
    const own = new Map([
      ['ada', 13],
      ['bob', 12],
    ]);
    const reporting = new PeerConnections(here, 'users', 100, own);
    const elsewhere = new PeerConnections(there, 'users', 100, new Map());
    reporting.publish();
    expect([elsewhere.of('ada'), elsewhere.of('bob'), reporting.of('ada')]).toEqual([13, 0, 0]);
    own.set('ada', 20);
    reporting.publish();
    expect(elsewhere.of('ada')).toBe(20);
    jest.advanceTimersByTime(3001);
    expect(elsewhere.of('ada')).toBe(0);
  });
});
