import { entryOf } from '#test/repository/notification-repository.contract.js';
import type { Priority } from '@herald/protocol';
import { AckWindow, WINDOW_BYTES } from './window.js';
import { Lane } from '../log/lane.js';
import { LaneTotals } from '../totals.js';

const KB = 1024;
const LATER = { now: 1, lagMs: 0, lateMs: 0 };

/** A lane with this many entries of about this size. */
function laneWith(channel: string, entries: number, bytes: number, priority: Priority = 'low'): Lane {
  const lane = new Lane(channel, priority, new LaneTotals());
  const { event, data } = entryOf(priority);
  const large = { ...data, message: 'm'.repeat(bytes) };
  for (let offset = 1; offset <= entries; offset++)
    lane.append({ event, data: large, channel, lane: priority, offset }, 1024 * KB, 0);
  return lane;
}

/** Sends as much of a lane as the window allows. @returns the last offset that was sent */
function send(window: AckWindow, lane: Lane): number {
  let sent = 0;
  const { priority } = lane;
  const next = () => {
    const room = window.room(priority);
    return room > 0 ? lane.find(sent + 1)?.slice(sent + 1, room, window.largestFrame(priority)) : undefined;
  };
  for (let slice = next(); slice !== undefined; slice = next()) {
    window.wrote(lane, slice, 0);
    sent = slice.to;
  }
  return sent;
}

describe('the window of a client that acknowledges', () => {
  test('judges an acknowledgement by all of its lanes together', () => {
    const window = new AckWindow(0);
    const [few, many] = [laneWith('topic:few', 1, 250), laneWith('topic:many', 100, 250)];
    const places = [few, many].map((lane) => ({
      channel: lane.channel,
      lane: 'low' as const,
      offset: send(window, lane),
    }));
    for (const place of places) window.acknowledge(place);
    // 5 KB within a millisecond: that is fast.
    expect(window.settle(LATER)).toEqual({ event: 'credit', data: { ackEvery: { messages: 32, bytes: 7.5 * KB } } });
    expect(window.bytesInFlight).toBe(0);
  });

  test('does not change when nothing in flight was acknowledged', () => {
    const window = new AckWindow(0);
    send(window, laneWith('everyone', 100, 250));
    window.acknowledge({ channel: 'topic:other', lane: 'low', offset: 9 });
    expect(window.settle(LATER)).toBeUndefined();
  });

  test('counts each entry once when a channel was left and joined again', () => {
    const window = new AckWindow(0);
    const lane = laneWith('topic:builds', 9, 250);
    const sendOne = (offset: number): void => window.wrote(lane, lane.find(offset)!.slice(offset, 0, Infinity)!, 0);
    sendOne(1);
    const bytes = window.bytesInFlight;
    sendOne(2);
    sendOne(5);
    window.acknowledge({ channel: 'topic:builds', lane: 'low', offset: 1 });
    expect(window.bytesInFlight).toBe(2 * bytes);
    window.acknowledge({ channel: 'topic:builds', lane: 'low', offset: 5 });
    expect(window.bytesInFlight).toBe(0);
  });

  test('leaves room for medium and low, however much high waits', () => {
    const window = new AckWindow(0);
    send(window, laneWith('everyone', 400, 250, 'high'));
    expect(window.bytesInFlight).toBeGreaterThan(31 * KB);
    expect(window.bytesInFlight).toBeLessThanOrEqual(32 * KB + 500);
    expect(send(window, laneWith('everyone', 400, 250))).toBeGreaterThan(0);
    expect(window.bytesInFlight).toBeLessThanOrEqual(WINDOW_BYTES);
  });

  test('may be exceeded by one frame, up to 64 KB in flight', () => {
    const window = new AckWindow(0);
    expect(send(window, laneWith('everyone', 2, 40 * KB))).toBe(1);
    expect(window.room('low')).toBeLessThan(0);
    expect(window.room('high')).toBeGreaterThan(0);
    expect(send(window, laneWith('everyone', 2, 40 * KB, 'high'))).toBe(0);
    expect(send(window, laneWith('everyone', 2, 20 * KB, 'high'))).toBe(1);
    expect(window.bytesInFlight).toBeLessThanOrEqual(WINDOW_BYTES);
  });

  test('is exceeded by no frame once an acknowledgement is due: on a slow line, high would wait behind it', () => {
    const window = new AckWindow(0);
    const lane = laneWith('everyone', 100, 250);
    window.acknowledge({ channel: 'everyone', lane: 'low', offset: send(window, lane) });
    window.settle(LATER);
    const allowed = window.ackEvery.messages * 512;
    send(window, laneWith('everyone', 100, 250));
    expect(window.bytesInFlight).toBeLessThanOrEqual(allowed);
    expect(window.room('low')).toBeGreaterThan(0);
  });

  test('accepts a frame of any size when nothing is in flight', () => {
    const window = new AckWindow(0);
    expect(send(window, laneWith('everyone', 2, WINDOW_BYTES))).toBe(1);
    expect(window.bytesInFlight).toBeGreaterThan(WINDOW_BYTES);
  });
});
