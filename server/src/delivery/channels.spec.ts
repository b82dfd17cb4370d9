import { entryOf } from '#test/repository/notification-repository.contract.js';
import { jest } from '@jest/globals';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import type { Channel } from './channel.js';
import { Channels } from './channels.js';
import { AckWindow } from './connection/window.js';
import { LogReader } from './log/log-reader.js';
import { Subscription } from './connection/subscription.js';
import { DeliveryTotals } from './totals.js';

const SINK = { write: () => undefined, fail: () => undefined };

describe('channels', () => {
  const repository = new InMemoryNotificationRepository(10);
  const channels = new Channels(new LogReader(repository, () => undefined), new DeliveryTotals());
  const subscription = (): Subscription => new Subscription([], new AckWindow(0), SINK, []);

  test('read their heads again after they could not be read', async () => {
    await repository.append(['user:bob'], entryOf('medium'));
    jest.spyOn(repository, 'heads').mockRejectedValueOnce(new Error('disk on fire'));
    const headsOf = ([bob]: Channel[]): number[] => bob!.lanes.map(({ head }) => head);
    await expect(channels.whileOpen(['user:bob'], headsOf)).rejects.toThrow('disk on fire');
    expect(await channels.whileOpen(['user:bob'], headsOf)).toEqual([0, 1, 0]);
  });

  test('are opened by one read of all heads', async () => {
    const heads = jest.spyOn(repository, 'heads').mockClear();
    await channels.whileOpen(['everyone', 'user:ada', 'role:ops'], () => undefined);
    expect(heads.mock.calls).toEqual([[['everyone', 'user:ada', 'role:ops']]]);
    heads.mockRestore();
  });

  test('stay open until the last subscription leaves', async () => {
    const [first, second] = [subscription(), subscription()];
    await channels.whileOpen(['user:ada'], ([channel]) => {
      channel!.add(first, []);
      channel!.add(second, []);
    });
    channels.leave(first, 'user:ada');
    expect(channels.get('user:ada')).toBeDefined();
    channels.leave(second, 'user:ada');
    expect(channels.get('user:ada')).toBeUndefined();
  });

  test('stay open while a subscription is being placed', async () => {
    const leaving = subscription();
    await channels.whileOpen(['user:ada'], ([channel]) => channel!.add(leaving, []));
    await channels.whileOpen(['user:ada'], ([channel]) => {
      channels.leave(leaving, 'user:ada');
      expect(channels.get('user:ada')).toBe(channel);
    });
    expect(channels.get('user:ada')).toBeUndefined();
  });
});
