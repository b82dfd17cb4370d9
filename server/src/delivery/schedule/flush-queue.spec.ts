import { AckWindow } from '../connection/window.js';
import { FlushQueue } from './flush-queue.js';
import { Subscription } from '../connection/subscription.js';

const SINK = { write: () => undefined, fail: () => undefined };
const [a, b, c] = Array.from({ length: 3 }, () => new Subscription([], new AckWindow(0), SINK, [])) as [
  Subscription,
  Subscription,
  Subscription,
];

describe('FlushQueue', () => {
  let queue: FlushQueue;

  beforeEach(() => {
    queue = new FlushQueue();
  });

  test('hands out subscriptions with high first, each line in the order of arrival', () => {
    queue.add(a, 'low');
    queue.add(b, 'medium');
    queue.add(c, 'high');
    queue.add(b, 'high');
    expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([c, b, a, b, undefined]);
    expect(queue.isEmpty).toBe(true);
  });

  test('keeps the place of a subscription that is added again', () => {
    for (const subscription of [a, b, a]) queue.add(subscription, 'low');
    expect([queue.take(), queue.take(), queue.take()]).toEqual([a, b, undefined]);
  });

  test('continues after it was empty, and puts a subscription behind the others once it was taken', () => {
    queue.add(a, 'high');
    expect([queue.take(), queue.take()]).toEqual([a, undefined]);
    queue.add(b, 'high');
    queue.add(c, 'high');
    expect(queue.take()).toBe(b);
    queue.add(b, 'high');
    expect([queue.take(), queue.take(), queue.take()]).toEqual([c, b, undefined]);
  });

  test('hands out one of the others on request', () => {
    queue.add(a, 'high');
    queue.add(b, 'low');
    expect([queue.takeOther(), queue.takeOther(), queue.hasHigh]).toEqual([b, undefined, true]);
  });
});
