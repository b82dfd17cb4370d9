import type { InboxItem } from '@herald/client/inbox';
import { PRIORITIES } from '@herald/protocol';

/** Maximum of notifications that wait for a place; more are summed up. */
export const TOASTS_WAITING = 3;

/** Notifications that wait for a toast. `summed` counts those that will not get their own. */
export interface ToastQueue {
  readonly waiting: readonly InboxItem[];
  readonly summed: number;
}

export const EMPTY_QUEUE: ToastQueue = { waiting: [], summed: 0 };

/**
 * Adds arrivals, the most urgent first and otherwise in order of arrival. Those without a place are only counted; among
 * equals the newest stay, since an old toast tells least.
 * @param free places where toasts can show at once
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

/** Number of notifications that have no toast yet. */
export function waitingIn({ waiting, summed }: ToastQueue): number {
  return waiting.length + summed;
}

/** Takes the next toast: a waiting notification, else the sum. */
export function dequeue({ waiting, summed }: ToastQueue): { next: InboxItem | number | null; queue: ToastQueue } {
  const [next, ...rest] = waiting;
  if (next !== undefined) return { next, queue: { waiting: rest, summed } };
  return summed > 0 ? { next: summed, queue: EMPTY_QUEUE } : { next: null, queue: EMPTY_QUEUE };
}

/** Removes the waiting low-priority notifications of a category, to be counted with their flood. */
export function withoutLow({ waiting, summed }: ToastQueue, category: string): { queue: ToastQueue; count: number } {
  const kept = waiting.filter((item) => item.priority !== 'low' || item.category !== category);
  return { queue: { waiting: kept, summed }, count: waiting.length - kept.length };
}

function newestOf(items: readonly InboxItem[], places: number): readonly InboxItem[] {
  const kept = items.slice(-places);
  return [...kept, ...items.slice(0, -places)];
}
