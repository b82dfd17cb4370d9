import { PRIORITIES } from '../../../../protocol/notification';
import type { InboxItem } from '../inbox/store/inbox-item';

/** Shown at once. */
export const TOASTS_SHOWN = 3;
/** Wait for a place; more than these are summed up. */
export const TOASTS_WAITING = 3;

/** What waits to be shown. `summed` counts those that will not be shown one by one. */
export interface ToastQueue {
  readonly waiting: readonly InboxItem[];
  readonly summed: number;
}

export const EMPTY_QUEUE: ToastQueue = { waiting: [], summed: 0 };

/**
 * Adds what arrived, the most urgent ahead and otherwise in order of arrival. What has no place is only counted, and of
 * the most urgent the newest stay: an old toast tells least.
 * @param free places that are free to show some of them at once
 */
export function enqueue({ waiting, summed }: ToastQueue, arrived: readonly InboxItem[], free = 0): ToastQueue {
  const places = TOASTS_WAITING + free;
  const all = [...waiting, ...arrived];
  const sorted = PRIORITIES.flatMap((priority) =>
    newestOf(
      all.filter((item) => item.priority === priority),
      places,
    ),
  );
  return { waiting: sorted.slice(0, places), summed: summed + Math.max(0, sorted.length - places) };
}

/** Takes the next toast to show: one that waits, else the sum. */
export function dequeue({ waiting, summed }: ToastQueue): { next: InboxItem | number | null; queue: ToastQueue } {
  const [next, ...rest] = waiting;
  if (next !== undefined) return { next, queue: { waiting: rest, summed } };
  return summed > 0 ? { next: summed, queue: EMPTY_QUEUE } : { next: null, queue: EMPTY_QUEUE };
}

/** Takes out what waits of a category at low priority: it will be counted with the rest of its flood. */
export function withoutLow({ waiting, summed }: ToastQueue, category: string): { queue: ToastQueue; count: number } {
  const kept = waiting.filter((item) => item.priority !== 'low' || item.category !== category);
  return { queue: { waiting: kept, summed }, count: waiting.length - kept.length };
}

function newestOf(items: readonly InboxItem[], places: number): readonly InboxItem[] {
  const kept = items.slice(-places);
  return [...kept, ...items.slice(0, -places)];
}
