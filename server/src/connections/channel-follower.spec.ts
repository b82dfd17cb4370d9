import { jest } from '@jest/globals';
import type { ChannelsOfUser } from '../auth/channels-of-user.js';
import type { DeliveryEngine } from '../delivery/delivery-engine.js';
import { StoreUnavailable } from '../repository/store-errors.js';
import { ChannelFollower } from './channel-follower.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

const currentPrincipal = (principal: unknown): Promise<unknown> => Promise.resolve(principal);

describe('ChannelFollower', () => {
  test('fails a connection whose log cannot be read', async () => {
    const broken = new Error('the log is away');
    const channels = { currentPrincipal, channelsOf: () => Promise.resolve(['everyone']) } as unknown as ChannelsOfUser;
    const delivery = { subscribe: () => Promise.reject(broken) } as unknown as DeliveryEngine;
    const failures: unknown[] = [];
    const connection = { fail: (error: unknown) => failures.push(error) } as unknown as Connection;
    const welcomed = jest.fn();
    const follower = new ChannelFollower(channels, new Connections(), delivery);
    await follower.begin(connection, () => ({ window: {} as never }), welcomed);
    expect(failures).toEqual([broken]);
    expect(welcomed).not.toHaveBeenCalled();
  });

  test('keeps a connection while the store does not work, and follows its channels afterwards', async () => {
    jest.useFakeTimers();
    const channelsOf = jest.fn<() => Promise<string[]>>().mockRejectedValueOnce(new StoreUnavailable('stopping'));
    channelsOf.mockResolvedValue(['everyone', 'topic:builds']);
    const follow = jest.fn<() => Promise<void>>().mockResolvedValue(undefined);
    const fail = jest.fn();
    const connection = { fail, isOpen: true, following: Promise.resolve(), subscription: {} } as unknown as Connection;
    const channels = { currentPrincipal, channelsOf } as unknown as ChannelsOfUser;
    const follower = new ChannelFollower(channels, new Connections(), { follow } as unknown as DeliveryEngine);
    follower.follow(connection);
    await jest.advanceTimersByTimeAsync(1000);
    expect(follow).toHaveBeenCalledWith({}, ['everyone', 'topic:builds']);
    expect(fail).not.toHaveBeenCalled();
    jest.useRealTimers();
  });
});
