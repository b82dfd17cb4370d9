import type { InboxItem } from '@herald/client/inbox';
import type { Priority } from '@herald/protocol';
import { dequeue, EMPTY_QUEUE, enqueue, type ToastQueue, TOASTS_WAITING, withoutLow } from './toast-queue';

function item(id: string, priority: Priority = 'low'): InboxItem {
  const sent = { title: id, message: '', category: 'c', audience: ['everyone'], sender: 's', createdAt: '' };
  return { ...sent, id, priority, read: false, archived: false, snoozedUntil: null, isLate: false };
}

function waitingIn({ waiting }: ToastQueue): string[] {
  return waiting.map(({ id }) => id);
}

describe('the toast queue', () => {
  it('keeps the order of arrival', () => {
    expect(waitingIn(enqueue(enqueue(EMPTY_QUEUE, [item('a')]), [item('b')]))).toEqual(['a', 'b']);
  });

  it('lets high overtake waiting medium and low', () => {
    const queue = enqueue(enqueue(EMPTY_QUEUE, [item('low'), item('medium', 'medium')]), [item('high', 'high')]);
    expect(waitingIn(queue)).toEqual(['high', 'medium', 'low']);
  });

  it('sums up those without a place, and counts every one', () => {
    const arrived = Array.from({ length: 1000 }, (_, i) => item(String(i)));
    const queue = enqueue(enqueue(EMPTY_QUEUE, arrived.slice(0, 400)), arrived.slice(400));
    expect(queue.waiting.length).toBe(TOASTS_WAITING);
    expect(queue.summed).toBe(1000 - TOASTS_WAITING);
  });

  it('gives the places to the most urgent, and among equals to the newest', () => {
    const arrived = [item('low', 'low'), ...['a', 'b', 'c', 'd'].map((id) => item(id, 'high'))];
    expect(waitingIn(enqueue(EMPTY_QUEUE, arrived))).toEqual(['b', 'c', 'd']);
  });

  it('removes the waiting notifications of a flood, and keeps the others in order', () => {
    const [low, other] = [item('low'), { ...item('other'), category: 'd' }];
    const queue: ToastQueue = { waiting: [item('high', 'high'), low, other], summed: 12 };
    expect(withoutLow(queue, 'c')).toEqual({ queue: { waiting: [queue.waiting[0], other], summed: 12 }, count: 1 });
  });

  it('fills the free places before it sums up', () => {
    const queue = enqueue(
      EMPTY_QUEUE,
      ['a', 'b', 'c', 'd', 'e'].map((id) => item(id)),
      2,
    );
    expect([waitingIn(queue), queue.summed]).toEqual([['a', 'b', 'c', 'd', 'e'], 0]);
  });

  it('returns each waiting notification, then the sum, then nothing', () => {
    let queue: ToastQueue = { waiting: [item('a')], summed: 12 };
    const shown: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      const taken = dequeue(queue);
      shown.push(taken.next !== null && typeof taken.next === 'object' ? taken.next.id : taken.next);
      queue = taken.queue;
    }
    expect(shown).toEqual(['a', 12, null]);
  });
});
