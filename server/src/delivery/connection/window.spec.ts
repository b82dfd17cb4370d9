import type { Priority } from '../../../../protocol/notification.js';
import { entryOf } from '../../../test/repository/notification-repository.contract.js';
import { AckCredit, CREDIT_BYTES } from './window.js';
import { Lane } from '../log/lane.js';

const KB = 1024;
const LATER = { now: 1, lagMs: 0, lateMs: 0 };

/** A lane of that channel with so many entries, each of about that size. */
function laneWith(channel: string, entries: number, bytes: number, priority: Priority = 'low'): Lane {
  const lane = new Lane(channel, priority);
  const { event, data } = entryOf(priority);
  const large = { ...data, message: 'm'.repeat(bytes) };
  for (let offset = 1; offset <= entries; offset++)
    lane.append({ event, data: large, channel, lane: priority, offset }, 1024 * KB);
  return lane;
}

/** Sends all of a lane that may go. @returns the last offset that was sent */
function send(credit: AckCredit, lane: Lane): number {
  let sent = 0;
  const { priority } = lane;
  const next = () => {
    const room = credit.available(priority);
    return room > 0 ? lane.find(sent + 1)?.slice(sent + 1, room, credit.largestFrame) : undefined;
  };
  for (let slice = next(); slice !== undefined; slice = next()) {
    credit.spend(lane, slice, 0);
    sent = slice.to;
  }
  return sent;
}

describe('the credit of a client that acknowledges', () => {
  test('judges an acknowledgement by all the lanes it names together', () => {
    const credit = new AckCredit(0);
    const [few, many] = [laneWith('topic:few', 1, 250), laneWith('topic:many', 100, 250)];
    const places = [few, many].map((lane) => ({
      channel: lane.channel,
      lane: 'low' as const,
      offset: send(credit, lane),
    }));
    for (const place of places) credit.acknowledge(place);
    // 5 KB within a millisecond: that is fast.
    expect(credit.settle(LATER)).toEqual({ event: 'credit', data: { ackEvery: { messages: 32, bytes: 7.5 * KB } } });
    expect(credit.bytesInFlight).toBe(0);
  });

  test('says nothing when nothing was given back', () => {
    const credit = new AckCredit(0);
    send(credit, laneWith('everyone', 100, 250));
    credit.acknowledge({ channel: 'topic:other', lane: 'low', offset: 9 });
    expect(credit.settle(LATER)).toBeUndefined();
  });

  test('takes back no more than it gave for a channel that was left and joined again', () => {
    const credit = new AckCredit(0);
    const lane = laneWith('topic:builds', 9, 250);
    const sendOne = (offset: number): void => credit.spend(lane, lane.find(offset)!.slice(offset, 0, Infinity)!, 0);
    sendOne(1);
    const bytes = credit.bytesInFlight;
    sendOne(2);
    sendOne(5);
    credit.acknowledge({ channel: 'topic:builds', lane: 'low', offset: 1 });
    expect(credit.bytesInFlight).toBe(2 * bytes);
    credit.acknowledge({ channel: 'topic:builds', lane: 'low', offset: 5 });
    expect(credit.bytesInFlight).toBe(0);
  });

  test('leaves room for medium and low, however much high waits', () => {
    const credit = new AckCredit(0);
    send(credit, laneWith('everyone', 400, 250, 'high'));
    expect(credit.bytesInFlight).toBeGreaterThan(31 * KB);
    expect(credit.bytesInFlight).toBeLessThanOrEqual(32 * KB + 500);
    expect(send(credit, laneWith('everyone', 400, 250))).toBeGreaterThan(0);
    expect(credit.bytesInFlight).toBeLessThanOrEqual(CREDIT_BYTES);
  });

  test('lets one frame exceed what is available, but not what may be in flight', () => {
    const credit = new AckCredit(0);
    expect(send(credit, laneWith('everyone', 2, 40 * KB))).toBe(1);
    expect(credit.available('low')).toBeLessThan(0);
    expect(credit.available('high')).toBeGreaterThan(0);
    expect(send(credit, laneWith('everyone', 2, 40 * KB, 'high'))).toBe(0);
    expect(send(credit, laneWith('everyone', 2, 20 * KB, 'high'))).toBe(1);
    expect(credit.bytesInFlight).toBeLessThanOrEqual(CREDIT_BYTES);
  });

  test('lets a frame of any size go alone', () => {
    const credit = new AckCredit(0);
    expect(send(credit, laneWith('everyone', 2, CREDIT_BYTES))).toBe(1);
    expect(credit.bytesInFlight).toBeGreaterThan(CREDIT_BYTES);
  });
});
