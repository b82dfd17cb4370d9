import { entryOf } from '#test/repository/notification-repository.contract.js';
import type { Priority } from '@herald/protocol';
import { AckWindow } from './window.js';
import { Cursor } from './cursor.js';
import { Lane } from '../log/lane.js';
import { Subscription } from './subscription.js';
import { LaneTotals } from '../totals.js';

const KB = 1024;
/** Approximate size of a small medium frame. */
const SMALL_BYTES = KB;
/** Time until the first acknowledgement, which leaves the window as it is. */
const READ_MS = 8;

describe('Subscription', () => {
  let window: AckWindow;
  let subscription: Subscription;
  let acknowledged: number;
  let high: Cursor;
  let medium: Cursor;
  let low: Cursor;

  beforeEach(() => {
    window = new AckWindow(0);
    acknowledged = 0;
    high = new Cursor(new Lane('everyone', 'high', new LaneTotals()), 1);
    medium = new Cursor(new Lane('everyone', 'medium', new LaneTotals()), 1);
    low = new Cursor(new Lane('everyone', 'low', new LaneTotals()), 1);
    subscription = new Subscription([high, medium, low], window, { write: () => undefined, fail: () => undefined }, []);
  });

  function add(cursor: Cursor, bytes: number): void {
    const { lane } = cursor;
    const { event, data } = entryOf(lane.priority);
    const place = { channel: lane.channel, lane: lane.priority, offset: lane.head + 1 };
    lane.append({ event, data: { ...data, message: 'm'.repeat(bytes) }, ...place }, KB * KB, 0);
    subscription.expect(cursor);
  }

  function acknowledge(lane: Priority, offset: number): void {
    window.acknowledge({ channel: 'everyone', lane, offset });
    acknowledged = offset;
  }

  /** Fills the window, so that only small frames of medium still fit. */
  function fillWindow(): void {
    for (let n = 0; n < 20; n++) add(medium, SMALL_BYTES);
    subscription.take(0);
    acknowledge('medium', medium.next - 1);
    window.settle({ now: READ_MS, lagMs: 0, lateMs: 0 });
    for (let n = 0; n < 20; n++) add(medium, SMALL_BYTES);
    subscription.take(READ_MS);
  }

  test('waits for the room of a large low frame once low goes first', () => {
    fillWindow();
    add(low, 12 * KB);
    // It acknowledges frame by frame, and each time one more of medium could go.
    for (let flush = 0; flush < 40 && low.isPending; flush++) {
      add(medium, SMALL_BYTES);
      acknowledge('medium', acknowledged + 1);
      subscription.take(READ_MS);
    }
    expect(low.isPending).toBe(false);
  });

  test.each([60 * KB, 80 * KB])('sends nothing else while a high frame of %d bytes waits for room', (bytes) => {
    fillWindow();
    add(high, bytes);
    add(high, 100);
    const sentBefore = medium.next;
    const sentWhileWaiting: number[] = [];
    for (let flush = 0; flush < 40 && high.isPending; flush++) {
      add(medium, SMALL_BYTES);
      acknowledge('medium', acknowledged + 1);
      subscription.take(READ_MS);
      if (high.next === 1) sentWhileWaiting.push(medium.next);
    }
    expect(sentWhileWaiting.length).toBeGreaterThan(0);
    expect(new Set(sentWhileWaiting)).toEqual(new Set([sentBefore]));
    expect(high.next).toBeGreaterThan(1);
    const before = medium.next;
    window.acknowledge({ channel: 'everyone', lane: 'high', offset: 1 });
    acknowledge('medium', before - 1);
    subscription.take(READ_MS);
    expect(high.isPending).toBe(false);
    expect(medium.next).toBeGreaterThan(before);
  });

  test('sends a large low frame while high uses all of its room', () => {
    fillWindow();
    for (let n = 0; n < 60; n++) add(high, SMALL_BYTES);
    add(low, 20 * KB);
    for (let flush = 0; flush < 40; flush++) {
      // High takes all that is given back to it.
      add(high, SMALL_BYTES);
      window.acknowledge({ channel: 'everyone', lane: 'high', offset: flush });
      add(medium, SMALL_BYTES);
      acknowledge('medium', acknowledged + 1);
      if (!low.isPending) window.acknowledge({ channel: 'everyone', lane: 'low', offset: 1 });
      subscription.take(READ_MS);
    }
    expect(medium.next).toBeGreaterThan(40);
    expect(low.isPending).toBe(false);
  });
});
