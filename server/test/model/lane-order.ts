import { laneOf } from '../../../protocol/entries.js';
import { isEntryFrame, type ServerFrame } from '../../../protocol/frames.js';
import type { Priority } from '../../../protocol/notification.js';
import type { Credit } from '../../src/delivery/credit.js';
import type { Cursor } from '../../src/delivery/cursor.js';
import type { Subscription } from '../../src/delivery/subscription.js';

/** Limit of consecutive writes with medium and without low while low waits. */
const LOW_PASSED_OVER_MAX = 8;
/** Limit of consecutive writes that leave medium and low pending; after that, they may go along with high. */
const ORDINARY_PASSED_OVER_MAX = 8;

/** Checks each write to one connection against the promise about lanes (DESIGN, G2 and section 4). */
export class LaneOrder {
  #lowPassedOver = 0;
  #ordinaryPassedOver = 0;

  /** Whether the next write may contain medium and low, even while other clients wait for high. */
  get isOrdinaryDue(): boolean {
    return this.#ordinaryPassedOver >= ORDINARY_PASSED_OVER_MAX;
  }

  /** @throws Error if an entry has overtaken high, or medium keeps overtaking low */
  check(frames: readonly ServerFrame[], { cursors, pending }: Subscription, credit: Credit): void {
    const lanes = frames.filter(isEntryFrame).map(({ data }) => laneOf(data));
    const firstOrdinary = lanes.findIndex((lane) => lane !== 'high');
    if (firstOrdinary >= 0 && lanes.includes('high', firstOrdinary))
      throw new Error(`high is not first: ${lanes.join(' ')}`);
    if (isHighWaiting(cursors, credit)) throw new Error('high was left behind');
    // Entries stored during the pause after a fan-out do not count as waiting.
    this.#checkLow(
      lanes,
      pending.some((cursor) => isWaiting('low', cursor)),
    );
    const isOrdinaryLeft =
      firstOrdinary < 0 && pending.some(({ isPending, lane }) => isPending && lane.priority !== 'high');
    this.#ordinaryPassedOver = isOrdinaryLeft ? this.#ordinaryPassedOver + 1 : 0;
  }

  #checkLow(lanes: readonly Priority[], isLowWaiting: boolean): void {
    if (!isLowWaiting || lanes.includes('low')) this.#lowPassedOver = 0;
    else if (lanes.includes('medium')) this.#lowPassedOver += 1;
    if (this.#lowPassedOver > LOW_PASSED_OVER_MAX) throw new Error('low starves');
  }
}

/** Whether an entry of high is ready and fits into the credit. */
export function isHighWaiting(cursors: readonly Cursor[], credit: Credit): boolean {
  const [available, forOne] = [credit.available('high'), credit.availableForOne('high')];
  return cursors.some((cursor) => isWaiting('high', cursor) && cursor.slice(available, forOne) !== undefined);
}

/** Pending, with the next entry in memory rather than still being read from the repository. */
function isWaiting(lane: Priority, cursor: Cursor): boolean {
  return cursor.lane.priority === lane && cursor.nextBytes !== undefined;
}
