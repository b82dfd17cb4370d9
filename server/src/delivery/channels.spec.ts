import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { Channels } from './channels.js';
import { AckWindow } from './connection/window.js';
import { Subscription } from './connection/subscription.js';

const SINK = { write: () => undefined, fail: () => undefined };

describe('channels', () => {
  const repository = new InMemoryNotificationRepository(10);
  const channels = new Channels(repository);
  const subscription = (): Subscription => new Subscription([], new AckWindow(0), SINK, []);

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
