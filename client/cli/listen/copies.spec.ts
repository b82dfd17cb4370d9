import type { LanePosition, Positions } from '@herald/protocol';
import type { Received } from './backlog.ts';
import { Copies } from './copies.ts';

const notification = (id: string, audience: string[], channel = 'everyone'): Received => ({
  ...{ id, title: 't', message: 'm', priority: 'high', category: 'c', sender: 's', createdAt: '', offset: 1 },
  ...{ audience, channel },
});

const positions = (lanes: Record<string, LanePosition>): Positions => ({
  epoch: 'e',
  channels: Object.fromEntries(Object.entries(lanes).map(([channel, high]) => [channel, { high }])),
});

describe('Copies', () => {
  test('remembers what may come through another channel, and nothing else', () => {
    const copies = new Copies([]);
    copies.add(notification('1', ['everyone']));
    copies.add(notification('2', ['everyone', 'topic:a', 'topic:b']));
    expect([copies.has('1'), copies.has('2')]).toEqual([false, true]);
    expect(copies.awaited).toEqual([{ id: '2', lane: 'high', channels: ['topic:a', 'topic:b'] }]);
    expect(new Copies(copies.awaited).has('2')).toBe(true);
  });

  test('forgets a notification once each of its channels was read beyond it', () => {
    const copies = new Copies([]);
    copies.add(notification('5', ['everyone', 'topic:a', 'topic:b']));
    copies.forgetBefore(positions({ everyone: [1, '5'], 'topic:a': [9, '5'], 'topic:b': [3, '4'] }));
    expect(copies.has('5')).toBe(true);
    copies.forgetBefore(positions({ everyone: [1, '5'], 'topic:a': [9, '5'], 'topic:b': [0, null] }));
    expect(copies.has('5')).toBe(true);
    copies.forgetBefore(positions({ everyone: [1, '5'], 'topic:a': [9, '5'], 'topic:b': [4, '5'] }));
    expect(copies.has('5')).toBe(false);
  });

  test('awaits nothing of channels that the reader does not have', () => {
    const copies = new Copies([]);
    copies.add(notification('5', ['everyone', 'topic:others']));
    copies.forgetBefore(positions({ everyone: [1, '5'] }));
    expect(copies.awaited).toEqual([]);
  });

  test('remembers at most 10,000', () => {
    const copies = new Copies([]);
    for (let n = 0; n < 10_001; n++) copies.add(notification(String(n), ['everyone', 'topic:a']));
    expect([copies.awaited.length, copies.has('0'), copies.has('1')]).toEqual([10_000, false, true]);
  });
});
