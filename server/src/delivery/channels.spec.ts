import { entryOf } from '../../test/repository/notification-repository.contract.js';
import { InMemoryNotificationRepository } from '../repository/in-memory/in-memory-notification-repository.js';
import { Channels } from './channels.js';
import { AckCredit } from './credit.js';
import { Subscription } from './subscription.js';

const SINK = { write: () => undefined, fail: () => undefined };

describe('the channels that someone is subscribed to', () => {
  const channels = new Channels(new InMemoryNotificationRepository(10));

  /** So many come to a channel, something is said there, and they all leave. */
  async function visit(name: string, count: number): Promise<void> {
    const all = Array.from({ length: count }, () => new Subscription([], new AckCredit(0), SINK, []));
    await channels.whileOpen([name], ([channel]) => {
      for (const subscription of all) channel!.add(subscription, []);
      channel!.append({ ...entryOf(), channel: name, lane: 'low', offset: 1 });
    });
    for (const subscription of all) channels.leave(subscription, name);
  }

  test('are closed when the last one leaves', async () => {
    await visit('user:ada', 2);
    expect(channels.get('user:ada')).toBeUndefined();
  });

  test('keep their frames when many are cut off at once, so that what these missed is encoded once', async () => {
    await visit('everyone', 8);
    const frames = channels.get('everyone')?.lanes[2]?.log?.slice(1, 1000, 0)?.bytes;
    expect(frames?.length).toBeGreaterThan(0);
    const again = await channels.whileOpen(
      ['everyone'],
      ([channel]) => channel!.lanes[2]?.log?.slice(1, 1000, 0)?.bytes,
    );
    expect(again).toBe(frames);
  });

  test('keep those of the four that most have shared, whichever was left first', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `topic:${name}`);
    for (const [n, name] of names.entries()) await visit(name, n === 0 ? 20 : 9 + n);
    expect([...names, 'everyone'].filter((name) => channels.get(name) !== undefined)).toEqual([
      'topic:a',
      'topic:c',
      'topic:d',
      'topic:e',
    ]);
  });

  test('are not closed while someone has come back to them, whoever else leaves', async () => {
    await visit('role:ops', 40);
    const back = new Subscription([], new AckCredit(0), SINK, []);
    await channels.whileOpen(['role:ops'], ([channel]) => channel!.add(back, []));
    for (const name of ['f', 'g', 'h', 'i', 'j']) await visit(`topic:${name}`, 50);
    expect(channels.get('role:ops')?.subscriptions.has(back)).toBe(true);
  });
});
