import { isEntryFrame, laneOf, type Priority, type ServerFrame } from '@herald/protocol';
import type { Window } from '../../src/delivery/connection/window.js';
import type { Cursor } from '../../src/delivery/connection/cursor.js';
import type { Subscription } from '../../src/delivery/connection/subscription.js';

/** Limit of consecutive writes with medium and without low while low waits. */
const LOW_PASSED_OVER_MAX = 8;

/** Checks each write to one connection against the promise about lanes (G2). */
export class LaneOrder {
  #lowPassedOver = 0;

  /** @throws Error if an entry has overtaken high, or medium keeps overtaking low */
  check(frames: readonly ServerFrame[], { pending }: Subscription, window: Window): void {
    const lanes = frames.filter(isEntryFrame).map(({ data }) => laneOf(data));
    const firstOrdinary = lanes.findIndex((lane) => lane !== 'high');
    if (firstOrdinary >= 0 && lanes.includes('high', firstOrdinary))
      throw new Error(`high is not first: ${lanes.join(' ')}`);
    if (isHighWaiting(pending, window)) throw new Error('high was left behind');
    // Entries stored during the pause after a fan-out do not count as waiting.
    this.#checkLow(
      lanes,
      pending.some((cursor) => isWaiting('low', cursor)),
    );
  }

  #checkLow(lanes: readonly Priority[], isLowWaiting: boolean): void {
    if (!isLowWaiting || lanes.includes('low')) this.#lowPassedOver = 0;
    else if (lanes.includes('medium')) this.#lowPassedOver += 1;
    if (this.#lowPassedOver > LOW_PASSED_OVER_MAX) throw new Error('low starves');
  }
}

/** Whether the first waiting entry of high could be sent now. The others wait behind it, even if it needs more room. */
export function isHighWaiting(pending: readonly Cursor[], window: Window): boolean {
  const room = window.room('high');
  const first = pending.find((cursor) => isWaiting('high', cursor));
  return room > 0 && first?.lane.find(first.next)?.slice(first.next, room, window.largestFrame('high')) !== undefined;
}

/** Pending, with the next entry in memory rather than still being read from the repository. */
function isWaiting(priority: Priority, { lane, next }: Cursor): boolean {
  return lane.priority === priority && lane.find(next) !== undefined;
}
